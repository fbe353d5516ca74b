namespace Experiments.Core.Definitions;

/// <summary>What memory may grow after warm-up.</summary>
public sealed record MemoryGrowthBounds
{
    /// <summary>Most bytes a step; <c>memory_growth.max</c>.</summary>
    public double? MaxBytesPerStep { get; init; }
}
