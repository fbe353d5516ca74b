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

    /// <summary>Chance, in percent, that a sweep of unchanged code is called regressed; <c>throughput.false_alarm_rate</c>, default 1.</summary>
    public double FalseAlarmRatePercent { get; init; } = 1;

    /// <summary>Repeats that an unclear configuration may have at most; <c>throughput.max_repeats</c>; null: the planned ones.</summary>
    public int? MaxRepeats { get; init; }

    /// <summary>Whether a suspected regression is measured once more, beside a control, before it is called one; <c>throughput.confirm</c>, default true.</summary>
    public bool ConfirmRegressions { get; init; } = true;

    /// <summary>What throughput and peak memory are compared with; <c>baseline</c>.</summary>
    public BaselineChoice Baseline { get; init; } = new();

    /// <summary>Most percent that the history may have lost for good; <c>trend.max_slowdown</c>.</summary>
    public double? TrendMaxSlowdownPercent { get; init; }

    /// <summary>Slowdowns of the history that are known; <c>trend.suppress</c>.</summary>
    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];

    /// <summary>Largest share of the time that may be spent waiting for batches, 0 to 1; <c>data_stall.max_wait_fraction</c>.</summary>
    public double? WaitFractionMax { get; init; }

    /// <summary>Least percent of the time that the accelerator computes; <c>data_stall.min_accelerator_utilization</c>.</summary>
    public double? AcceleratorUtilizationMinPercent { get; init; }
}
