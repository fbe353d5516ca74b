namespace Experiments.Analysis.Throughput;

/// <summary>When a slowdown is a regression.</summary>
public sealed record ThroughputRule
{
    /// <summary>The largest slowdown allowed, in percent.</summary>
    public required double MaxRegressionPercent { get; init; }

    /// <summary>The chance of any false alarm over all configurations, in percent; default 1.</summary>
    public double FalseAlarmRatePercent { get; init; } = 1;

    /// <summary>How often the growing data are looked at; the false alarm rate is shared among the looks. Default 1.</summary>
    public int Looks { get; init; } = 1;

    /// <summary>The allowed slowdown as a logarithm of a ratio, negative.</summary>
    internal double LogBound => Math.Log(1 - Math.Clamp(MaxRegressionPercent, 0, 99.9) / 100);

    /// <summary>The family-wise significance level of one look.</summary>
    internal double Level => FalseAlarmRatePercent / 100 / Looks;
}
