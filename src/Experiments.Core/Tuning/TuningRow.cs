namespace Experiments.Core.Tuning;

/// <summary>What a tuning found of one setting.</summary>
public sealed record TuningRow
{
    /// <summary>The setting.</summary>
    public required LoaderSetting Setting { get; init; }

    /// <summary>Throughput, samples a second: the geometric mean over its segments; null where it could not be measured.</summary>
    public double? SamplesPerSecond { get; init; }

    /// <summary>Throughput divided by that of the script's own setting in the same blocks; null where they share none.</summary>
    public double? Ratio { get; init; }

    /// <summary>The ratio's confidence interval, from; null under two common blocks.</summary>
    public double? RatioFrom { get; init; }

    /// <summary>The ratio's confidence interval, to.</summary>
    public double? RatioTo { get; init; }

    /// <summary>Share of the time that the training waited for batches, 0 to 1: the mean.</summary>
    public double WaitFraction { get; init; }

    /// <summary>CPU milliseconds of the process tree a sample: the mean.</summary>
    public double CpuMillisecondsPerSample { get; init; }

    /// <summary>Seconds that its workers take to start: the median.</summary>
    public double StartSeconds { get; init; }

    /// <summary>The largest memory of the process tree, bytes; null where it was not measured.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>Segments that were measured.</summary>
    public int Segments { get; init; }

    /// <summary>Why it was given up: it could not be measured, its memory does not fit, or it is surely slower. Null for those that stayed.</summary>
    public string? GivenUp { get; init; }
}
