using Experiments.Analysis.Statistics;

namespace Experiments.Analysis.Memory;

/// <summary>Bytes that each further worker adds, by the Theil–Sen slope: the median of the slopes of all pairs. Sen (1968).</summary>
/// <param name="Low">The least that it may well be.</param>
/// <param name="Middle">The estimate.</param>
/// <param name="High">The most that it may well be.</param>
internal sealed record WorkerSlope(double Low, double Middle, double High)
{
    /// <summary>How far a peak may be from that of an equal trial, as a share: twice the standard deviation that PyTorch's peaks were measured to have.</summary>
    public const double Noise = 0.06;

    /// <summary>No slope of its own.</summary>
    public static WorkerSlope None { get; } = new(0, 0, 0);

    /// <summary>What several workers add.</summary>
    public static WorkerSlope operator *(WorkerSlope slope, int workers) => new(slope.Low * workers, slope.Middle * workers, slope.High * workers);

    /// <summary>The slope; null when all trials had the same number of workers.</summary>
    /// <param name="peaks">Workers and peak of each trial.</param>
    public static WorkerSlope? Of(IReadOnlyList<(int Workers, double Bytes)> peaks)
    {
        // From no worker to one much else begins besides the worker: threads, queues, shared memory.
        var with = peaks.Where(peak => peak.Workers > 0).ToArray();
        var hasTwo = with.Select(peak => peak.Workers).Distinct().Count() > 1;
        var used = hasTwo ? with : peaks;
        var pairs = used.SelectMany((one, index) => used.Skip(index + 1).Where(other => other.Workers != one.Workers).Select(other => Between(one, other))).ToArray();
        if (pairs.Length == 0)
            return null;
        var middle = Math.Max(RobustLocation.Median(pairs.Select(pair => pair.Slope)), 0);
        return new WorkerSlope(
            hasTwo ? Math.Clamp(RobustLocation.Median(pairs.Select(pair => pair.Slope - pair.Doubt)), 0, middle) : 0,
            middle,
            Math.Max(RobustLocation.Median(pairs.Select(pair => pair.Slope + pair.Doubt)), 0));
    }

    private static (double Slope, double Doubt) Between((int Workers, double Bytes) one, (int Workers, double Bytes) other)
    {
        var run = other.Workers - one.Workers;
        return ((other.Bytes - one.Bytes) / run, Noise * Math.Max(one.Bytes, other.Bytes) * Math.Sqrt(2) / Math.Abs(run));
    }
}
