using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Experiments.Core.Tuning;

namespace Experiments.PyTorch.Segments;

/// <summary>
/// The file by which a running training hears which segment comes next. The probe maps it and looks at its number whenever the training asks for a batch: the text is written first,
/// the number last.
/// </summary>
public sealed class ControlFile : IDisposable
{
    /// <summary>The variable that names the file to the probe.</summary>
    public const string Variable = "EXPERIMENTS_CONTROL";

    private const int Length = 4096;
    private const int TextAt = 12;

    private readonly FileStream _file;
    private long _number;

    /// <summary>Makes the file; no instruction stands in it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public ControlFile(string path)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        _file.SetLength(Length);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The number of the last instruction; 0 for none.</summary>
    public long Number => _number;

    /// <summary>Asks for a segment under a setting.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="length">How long it lasts.</param>
    /// <param name="atOnce">Whether what was loaded ahead is dropped and loaded again, so that its memory is given back at once.</param>
    public void Measure(LoaderSetting setting, SegmentLength length, bool atOnce = false) => Write(new JsonObject
    {
        ["action"] = atOnce ? "leave" : "measure",
        ["settings"] = new JsonObject
        {
            ["num_workers"] = setting.NumWorkers,
            ["prefetch_factor"] = setting.PrefetchFactor ?? LoaderSetting.UsualPrefetchFactor,
            ["pin_memory"] = setting.PinMemory,
        },
        ["steps"] = length.Steps,
        ["seconds"] = length.Seconds,
    });

    /// <summary>Asks for a segment in which batches cost nothing.</summary>
    /// <param name="length">How long it lasts.</param>
    public void MeasureCeiling(SegmentLength length) => Write(new JsonObject { ["action"] = "ceiling", ["steps"] = length.Steps, ["seconds"] = length.Seconds });

    /// <summary>Asks the script to end.</summary>
    public void Stop() => Write(new JsonObject { ["action"] = "stop" });

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private void Write(JsonObject instruction)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(instruction.ToJsonString());
        Span<byte> number = stackalloc byte[sizeof(long)];
        RandomAccess.Write(_file.SafeFileHandle, text, TextAt);
        BinaryPrimitives.WriteInt32LittleEndian(number, text.Length);
        RandomAccess.Write(_file.SafeFileHandle, number[..sizeof(int)], sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(number, ++_number);
        RandomAccess.Write(_file.SafeFileHandle, number, 0);
    }
}
