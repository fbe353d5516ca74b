namespace Experiments.Core.Pairs;

/// <summary>One start of both sides, and what was measured of them in turns.</summary>
public sealed record PairRound
{
    /// <summary>The turns, in their order.</summary>
    public required IReadOnlyList<PairSlice> Slices { get; init; }

    /// <summary>CPU seconds of the old side's whole tree for a sample; null where the machine does not tell.</summary>
    public double? OldCpuSeconds { get; init; }

    /// <summary>The same of the new side.</summary>
    public double? NewCpuSeconds { get; init; }

    /// <summary>How the sides were stopped: <c>cgroup-v2</c>, <c>cgroup-v1</c> or <c>signals</c>; null before they were.</summary>
    public string? Freezing { get; init; }

    /// <summary>Why the round ended before it was told to; null where it was not so.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether a side failed, rather than having trained to its end: then its figures say nothing.</summary>
    public bool HasFailed { get; init; }

    /// <summary>The logarithm of new by old of each block in which both sides had whole steps.</summary>
    public IReadOnlyList<double> LogRatios() =>
    [
        .. Slices.GroupBy(slice => slice.Block).OrderBy(block => block.Key)
            .Select(block => (Old: Rate(block, PairSide.Old), New: Rate(block, PairSide.New)))
            .Where(block => block is { Old: > 0, New: > 0 }).Select(block => Math.Log(block.New / block.Old)),
    ];

    private static double Rate(IEnumerable<PairSlice> block, PairSide side) => block.FirstOrDefault(slice => slice.Side == side)?.SamplesPerSecond ?? 0;
}
