namespace Experiments.Core.Definitions;

/// <summary>The rules that make a sweep red. A null gate is not checked.</summary>
public sealed record Gates
{
    /// <summary>Most bytes a configuration's peak may be; <c>peak_memory.max</c>.</summary>
    public long? PeakMemoryMaxBytes { get; init; }

    /// <summary>Most percent that the peak may grow over the baseline; <c>peak_memory.max_increase</c>.</summary>
    public double? PeakMemoryMaxIncreasePercent { get; init; }

    /// <summary>Most bytes of growth a step after warm-up; <c>memory_growth.max</c>.</summary>
    public double? MemoryGrowthMaxBytesPerStep { get; init; }

    /// <summary>Most percent of throughput lost against the baseline; <c>throughput.max_regression</c>.</summary>
    public double? ThroughputMaxRegressionPercent { get; init; }

    /// <summary>Whether a missing baseline is accepted; <c>throughput.allow_missing_baseline</c>, default true: the first sweep has none.</summary>
    public bool AllowMissingBaseline { get; init; } = true;
}
