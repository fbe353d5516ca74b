using System.Globalization;
using Experiments.Core.Results;
using Experiments.Mlflow.Entities;

namespace Experiments.Reports.Tracking;

/// <summary>
/// A trial's telemetry under MLflow's own names, so that it stands under "System metrics": CPU and memory of the trial's processes, as shares
/// of the machine. Long trials are thinned: a point is the average CPU and the most memory of its span. CPU time is read less often than memory:
/// a row without a new reading of it repeats the one before.
/// </summary>
internal static class SystemCurves
{
    public const string Cpu = "system/cpu_utilization_percentage";
    public const string Memory = "system/system_memory_usage_megabytes";
    public const string MemoryShare = "system/system_memory_usage_percentage";

    private static readonly string[] Columns = ["elapsed_s", "used_bytes", "cpu_user_s", "cpu_system_s"];

    private const int MaxPoints = 200;
    private const double Megabyte = 1e6; // as MLflow fills this key, unlike the keys memory/…, which are MiB

    /// <summary>After so long without a change there was a reading, and the trial used no CPU.</summary>
    private const double LongestReadingSeconds = 3;

    public static IReadOnlyList<MetricPoint> Read(string trialFolder, DateTimeOffset startedAt, MachineFingerprint machine) =>
        Points(RecordedTelemetry.Read(trialFolder), startedAt, machine);

    public static IReadOnlyList<MetricPoint> Points(IEnumerable<string> lines, DateTimeOffset startedAt, MachineFingerprint machine)
    {
        var samples = Samples(lines);
        return
        [
            .. Spans(Readings(samples)).SelectMany((span, index) => CpuPoints(span, index, startedAt, machine)),
            .. Spans(samples).SelectMany((span, index) => MemoryPoints(span, index, startedAt, machine)),
        ];
    }

    private static List<Sample> Samples(IEnumerable<string> lines)
    {
        var samples = new List<Sample>();
        using var rows = lines.GetEnumerator();
        if (!rows.MoveNext())
            return samples;
        var heading = rows.Current.Split(',');
        int[] columns = [.. Columns.Select(name => Array.IndexOf(heading, name))];
        while (!columns.Contains(-1) && rows.MoveNext())
            if (Parse(rows.Current.Split(','), columns) is { } sample)
                samples.Add(sample);
        return samples;
    }

    private static List<Sample> Readings(IEnumerable<Sample> samples)
    {
        var readings = new List<Sample>();
        var last = new Sample(0, 0, 0);
        foreach (var sample in samples.Where(one => one.CpuSeconds > last.CpuSeconds || one.ElapsedSeconds - last.ElapsedSeconds >= LongestReadingSeconds))
            readings.Add(last = sample);
        return readings;
    }

    private static IEnumerable<Span> Spans(List<Sample> samples)
    {
        var before = new Sample(0, 0, 0);
        foreach (var part in samples.Chunk(Math.Max(1, (samples.Count + MaxPoints - 1) / MaxPoints)))
        {
            yield return new Span(before, part[^1], part.Max(sample => sample.UsedBytes));
            before = part[^1];
        }
    }

    private static IEnumerable<MetricPoint> CpuPoints(Span span, int step, DateTimeOffset startedAt, MachineFingerprint machine)
    {
        var seconds = span.Last.ElapsedSeconds - span.Before.ElapsedSeconds;
        if (seconds > 0 && machine.Cores > 0)
            yield return Point(Cpu, Math.Max(0, span.Last.CpuSeconds - span.Before.CpuSeconds) / seconds / machine.Cores * 100, span, step, startedAt);
    }

    private static IEnumerable<MetricPoint> MemoryPoints(Span span, int step, DateTimeOffset startedAt, MachineFingerprint machine)
    {
        yield return Point(Memory, span.MaxBytes / Megabyte, span, step, startedAt);
        if (machine.MemoryBytes > 0)
            yield return Point(MemoryShare, span.MaxBytes / machine.MemoryBytes * 100, span, step, startedAt);
    }

    private static MetricPoint Point(string key, double value, Span span, int step, DateTimeOffset startedAt) =>
        new(key, MetricOrder.Rounded(value), startedAt.AddSeconds(span.Last.ElapsedSeconds).ToUnixTimeMilliseconds(), step);

    private static Sample? Parse(string[] cells, int[] columns)
    {
        var values = new double[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            if (columns[i] >= cells.Length || !double.TryParse(cells[columns[i]], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                return null; // a torn line
        return new Sample(values[0], values[1], values[2] + values[3]);
    }

    private sealed record Sample(double ElapsedSeconds, double UsedBytes, double CpuSeconds);

    private sealed record Span(Sample Before, Sample Last, double MaxBytes);
}
