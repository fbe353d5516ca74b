namespace Experiments.Core.Results;

/// <summary>How the throughput of one configuration compares with the baseline's. Percents are relative to the baseline; negative is slower.</summary>
public sealed record ThroughputChange
{
    /// <summary>The change, estimated so that a single outlier does not decide it.</summary>
    public required double ChangePercent { get; init; }

    /// <summary>The part of the change that the machine's own drift explains; 0 when it did not drift.</summary>
    public double MachineDriftPercent { get; init; }

    /// <summary>Chance of seeing so slow a result from unchanged code, before the correction for many configurations; null when the noise is unknown.</summary>
    public double? PValue { get; init; }

    /// <summary>The same after the correction for many configurations (Holm).</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>The smallest slowdown that these repeats would have shown in four cases of five, in percent; null when the noise is unknown.</summary>
    public double? MinimumDetectablePercent { get; init; }

    /// <summary>Repeats that would settle an unclear change; null when it is clear, or when no number would.</summary>
    public int? RepeatsToSettle { get; init; }
}
