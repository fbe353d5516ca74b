using System.Text.Json;

namespace Experiments.PyTorch.Record;

/// <summary>Reads the events of a trial as far as the probe wrote them; unknown events and fields are skipped.</summary>
public static class ProbeRecordReader
{
    /// <summary>Reads the lines of an events file.</summary>
    /// <param name="lines">JSON lines; a torn one is counted and skipped.</param>
    public static ProbeRecord Read(IEnumerable<string> lines)
    {
        var builder = new ProbeRecordBuilder();
        foreach (var line in lines.Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                builder.Add(document.RootElement);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
            {
                builder.CountUnreadable();
            }
        }

        return builder.Build();
    }

    /// <summary>Reads an events file; a file that is not there is the record of a probe that wrote nothing.</summary>
    /// <param name="file">The events file.</param>
    /// <exception cref="IOException">The file is there but cannot be read.</exception>
    public static ProbeRecord ReadFile(string file) => File.Exists(file) ? Read(File.ReadLines(file)) : ProbeRecord.None;
}
