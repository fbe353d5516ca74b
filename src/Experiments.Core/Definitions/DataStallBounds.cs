namespace Experiments.Core.Definitions;

/// <summary>What waiting for data may take.</summary>
public sealed record DataStallBounds
{
    /// <summary>Largest share of the time that may be spent waiting for batches, 0 to 1; <c>data_stall.max_wait_fraction</c>.</summary>
    public double? MaxWaitFraction { get; init; }

    /// <summary>Least percent of the time that the accelerator computes; <c>data_stall.min_accelerator_utilization</c>.</summary>
    public double? MinAcceleratorUtilizationPercent { get; init; }
}
