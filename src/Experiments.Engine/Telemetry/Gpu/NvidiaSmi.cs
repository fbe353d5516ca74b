using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>
/// GPUs by the program <c>nvidia-smi</c>, where its library cannot be loaded. A call takes part of a second: it runs beside the sampler, which guards
/// the memory limit, and a reading is that of the last call that ended. Throttling is not told.
/// </summary>
internal sealed class NvidiaSmi : IGpuReader
{
    private const double Mebibyte = 1024 * 1024;
    private static readonly string[] DeviceQuery = ["--query-gpu=index,uuid,memory.used,utilization.gpu,power.draw,temperature.gpu", "--format=csv,noheader,nounits"];
    private static readonly string[] ProcessQuery = ["--query-compute-apps=gpu_uuid,pid,used_memory", "--format=csv,noheader,nounits"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _program;
    private Dictionary<int, GpuReading> _last;
    private Task? _call;

    private NvidiaSmi(string program, (IReadOnlyList<GpuDevice> Devices, Dictionary<int, GpuReading> Readings) first)
    {
        _program = program;
        (Devices, _last) = first;
    }

    /// <inheritdoc />
    public string Method => "nvidia-smi";

    /// <inheritdoc />
    public IReadOnlyList<GpuDevice> Devices { get; }

    /// <inheritdoc />
    public TimeSpan Interval => TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public IReadOnlyDictionary<int, GpuReading> Read(IReadOnlyList<GpuDevice> devices)
    {
        if (_call is not { IsCompleted: false })
            _call = Task.Run(Refresh);
        var last = Volatile.Read(ref _last);
        return devices.Where(device => last.ContainsKey(device.Index)).ToDictionary(device => device.Index, device => last[device.Index]);
    }

    /// <summary>Waits for the call under way; one that fails takes nothing with it, for the sweep is over.</summary>
    public void Dispose()
    {
        if (_call is { } call)
            Task.WaitAny([call], Patience);
    }

    /// <summary>Asks the program once; null where it is not there, or tells of no device.</summary>
    /// <param name="program">The program.</param>
    internal static NvidiaSmi? TryOpen(string program) => Ask(program) is { Devices.Count: > 0 } first ? new NvidiaSmi(program, first) : null;

    /// <summary>Puts the answers to the two queries together.</summary>
    /// <param name="devices">Lines of number, UUID, MiB in use, percent, watts, degrees.</param>
    /// <param name="processes">Lines of UUID, process number, MiB.</param>
    internal static (IReadOnlyList<GpuDevice> Devices, Dictionary<int, GpuReading> Readings) Parse(string devices, string processes)
    {
        var held = Lines(processes, 3).ToLookup(fields => fields[0], fields => (Id: (int?)Number(fields[1]), Bytes: (long?)(Number(fields[2]) * Mebibyte)));
        var known = new List<GpuDevice>();
        var readings = new Dictionary<int, GpuReading>();
        foreach (var fields in Lines(devices, 6))
        {
            if (Number(fields[0]) is not { } index)
                continue;
            known.Add(new GpuDevice((int)index, fields[1], 0));
            readings[(int)index] = new GpuReading
            {
                UsedBytes = (long?)(Number(fields[2]) * Mebibyte),
                Processes = held[fields[1]].Where(process => process.Id is not null).DistinctBy(process => process.Id).ToDictionary(process => process.Id!.Value, process => process.Bytes),
                UtilizationPercent = (int?)Number(fields[3]),
                PowerWatts = Number(fields[4]),
                TemperatureCelsius = (int?)Number(fields[5]),
            };
        }

        return (known, readings);
    }

    private void Refresh()
    {
        if (Ask(_program) is { } answer)
            Volatile.Write(ref _last, answer.Readings);
    }

    private static (IReadOnlyList<GpuDevice> Devices, Dictionary<int, GpuReading> Readings)? Ask(string program) =>
        Run(program, DeviceQuery) is { } devices ? Parse(devices, Run(program, ProcessQuery) ?? "") : null;

    private static string? Run(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (process.WaitForExit(Patience) && output.Wait(Patience)) // a child that it left may hold the output open
                return process.ExitCode == 0 ? output.Result : null;
            process.Kill();
            return null;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidOperationException or AggregateException)
        {
            return null; // there is no such program, or it died while it was asked
        }
    }

    private static IEnumerable<string[]> Lines(string text, int count) =>
        text.Split('\n').Select(line => line.Split(',', StringSplitOptions.TrimEntries)).Where(fields => fields.Length == count);

    /// <summary>A number; null for <c>[N/A]</c> and the like.</summary>
    private static double? Number(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
