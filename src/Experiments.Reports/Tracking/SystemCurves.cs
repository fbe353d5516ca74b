using System.Globalization;
using Experiments.Core.Results;
using Experiments.Mlflow.Entities;

namespace Experiments.Reports.Tracking;

/// <summary>
/// A trial's telemetry under MLflow's own names, so that it stands under "System metrics": CPU and memory of the trial's processes, as shares
/// of the machine. Long trials are thinned: a point is the average CPU and the most memory of its span.
/// </summary>
internal static class SystemCurves
{
    public const string Cpu = "system/cpu_utilization_percentage";
    public const string Memory = "system/system_memory_usage_megabytes";
    public const string MemoryShare = "system/system_memory_usage_percentage";

    private static readonly string[] Columns = ["elapsed_s", "used_bytes", "cpu_user_s", "cpu_system_s"];

    private const int MaxPoints = 200;
    private const double Mebibyte = 1024 * 1024;

    public static IReadOnlyList<MetricPoint> Read(string trialFolder, DateTimeOffset startedAt, MachineFingerprint machine)
    {
        var file = Path.Combine(trialFolder, "telemetry.csv");
        return File.Exists(file) ? Points(File.ReadLines(file), startedAt, machine) : [];
    }

    public static IReadOnlyList<MetricPoint> Points(IEnumerable<string> lines, DateTimeOffset startedAt, MachineFingerprint machine)
    {
        using var rows = lines.GetEnumerator();
        if (!rows.MoveNext())
            return [];
        var heading = rows.Current.Split(',');
        int[] columns = [.. Columns.Select(name => Array.IndexOf(heading, name))];
        if (columns.Contains(-1))
            return [];
        var samples = new List<Sample>();
        while (rows.MoveNext())
            if (Parse(rows.Current.Split(','), columns) is { } sample)
                samples.Add(sample);
        return [.. Thinned(samples).SelectMany((span, index) => Points(span, index, startedAt, machine))];
    }

    private static IEnumerable<(Sample Before, Sample Last, double MaxBytes)> Thinned(List<Sample> samples)
    {
        var before = new Sample(0, 0, 0);
        foreach (var span in samples.Chunk(Math.Max(1, (samples.Count + MaxPoints - 1) / MaxPoints)))
        {
            yield return (before, span[^1], span.Max(sample => sample.UsedBytes));
            before = span[^1];
        }
    }

    private static IEnumerable<MetricPoint> Points((Sample Before, Sample Last, double MaxBytes) span, int step, DateTimeOffset startedAt, MachineFingerprint machine)
    {
        var time = startedAt.AddSeconds(span.Last.ElapsedSeconds).ToUnixTimeMilliseconds();
        var seconds = span.Last.ElapsedSeconds - span.Before.ElapsedSeconds;
        if (seconds > 0 && machine.Cores > 0)
            yield return new MetricPoint(Cpu, Math.Max(0, span.Last.CpuSeconds - span.Before.CpuSeconds) / seconds / machine.Cores * 100, time, step);
        yield return new MetricPoint(Memory, span.MaxBytes / Mebibyte, time, step);
        if (machine.MemoryBytes > 0)
            yield return new MetricPoint(MemoryShare, span.MaxBytes / machine.MemoryBytes * 100, time, step);
    }

    private static Sample? Parse(string[] cells, int[] columns)
    {
        var values = new double[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            if (columns[i] >= cells.Length || !double.TryParse(cells[columns[i]], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                return null; // a torn line
        return new Sample(values[0], values[1], values[2] + values[3]);
    }

    private sealed record Sample(double ElapsedSeconds, double UsedBytes, double CpuSeconds);
}
