namespace Experiments.Analysis.Throughput;

/// <summary>When a slowdown is a regression.</summary>
public sealed record ThroughputRule
{
    /// <summary>The largest slowdown allowed, in percent.</summary>
    public required double MaxRegressionPercent { get; init; }

    /// <summary>The chance of any false alarm over all configurations, in percent; default 1.</summary>
    public double FalseAlarmRatePercent { get; init; } = 1;

    /// <summary>
    /// Among how many independent looks at the growing data the false alarm rate is shared; 1 when they are looked at once, see <see cref="LooksOf"/>.
    /// </summary>
    public double Looks { get; init; } = 1;

    /// <summary>How much slower or faster the machine alone may be than in the baseline's sweeps, as a positive logarithm; 0 when one sweep does not tell.</summary>
    public double MachineExtent { get; init; }

    /// <summary>
    /// The looks that adaptive repeats are worth. The estimate of a growing sample is a process in the logarithm of its size, whose values
    /// are nearly independent only where the size has doubled; two looks are counted for each doubling.
    /// </summary>
    /// <param name="plannedRepeats">Repeats at the first look, at least 1.</param>
    /// <param name="maxRepeats">Repeats at the last.</param>
    public static double LooksOf(int plannedRepeats, int maxRepeats) => 1 + 2 * Math.Log2(Math.Max(1, (double)maxRepeats / Math.Max(1, plannedRepeats)));

    /// <summary>The allowed slowdown as a logarithm of a ratio, negative.</summary>
    internal double LogBound => Math.Log(1 - Math.Clamp(MaxRegressionPercent, 0, 99.9) / 100);

    /// <summary>The family-wise significance level of one look.</summary>
    internal double Level => FalseAlarmRatePercent / 100 / Looks;
}
