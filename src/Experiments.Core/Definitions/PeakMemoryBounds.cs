namespace Experiments.Core.Definitions;

/// <summary>What the peak memory of a configuration may be: that of the process tree, or of the GPUs.</summary>
public sealed record PeakMemoryBounds
{
    /// <summary>Most bytes; <c>peak_memory.max</c>, <c>gpu_memory.max</c>.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Most percent over the baseline; <c>peak_memory.max_increase</c>, <c>gpu_memory.max_increase</c>.</summary>
    public double? MaxIncreasePercent { get; init; }
}
