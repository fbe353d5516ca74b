using Experiments.Core.Plans;

namespace Experiments.Analysis.Throughput;

/// <summary>
/// What other programs took of the machine. Who has less of it left than the baseline had may be slower by that share, and which part of a slowdown was
/// the code's nobody can tell: what is not red with the share given back is not held against the code.
/// </summary>
internal static class MachineLoad
{
    /// <summary>The most that the load counts for; a machine without anything left measures nothing.</summary>
    private const double MostShare = 0.95;

    /// <summary>What all readings of one sweep may be off together, as a share of the machine: the engine's own work, the ticks that the kernel counts in.</summary>
    private const double CommonError = 0.01;

    /// <summary>What one reading is off by itself, as a share of the machine.</summary>
    private const double ReadingError = 0.03;

    /// <summary>
    /// The series as they would be at most, had each configuration had as much of the machine as in the baseline; one that had more stays as it is. All its trials are moved alike: the share of
    /// a short trial is itself uncertain, and must not add to the noise.
    /// </summary>
    /// <param name="series">What was measured.</param>
    public static IReadOnlyList<ThroughputSeries> GivenBack(IReadOnlyList<ThroughputSeries> series) => [.. series.Select(one => Taken(one) is { } shares && Credit(shares.Before, shares.Now) is > 0 and var credit
        ? one with { Current = [.. one.Current.Select(trial => trial with { SamplesPerSecond = trial.SamplesPerSecond * Math.Exp(credit) })] }
        : one)];

    /// <summary>The comparison as measured, acquitted where the load may explain it.</summary>
    /// <param name="measured">The comparison as measured.</param>
    /// <param name="given">The comparison of the same configuration with its share given back.</param>
    /// <param name="series">What they compare.</param>
    public static ThroughputComparison Review(ThroughputComparison measured, ThroughputComparison given, ThroughputSeries series)
    {
        if (measured.Outcome is not (ThroughputOutcome.Regressed or ThroughputOutcome.Unclear) || given.Outcome == ThroughputOutcome.Regressed)
            return measured;
        return given.Outcome == ThroughputOutcome.Unclear
            ? measured with { Outcome = ThroughputOutcome.Unclear, WholeMatrixPValue = null, Unconfirmed = given.Unconfirmed, RepeatsToSettle = given.RepeatsToSettle }
            : measured with { Outcome = ThroughputOutcome.MachineDrift, LogDrift = measured.LogChange - given.LogCredited, OtherShares = Taken(series) is { } shares ? (shares.Before.Average(), shares.Now.Average()) : null, RepeatsToSettle = null };
    }

    /// <summary>What others took; null where nobody looked.</summary>
    private static (IReadOnlyList<double> Before, IReadOnlyList<double> Now)? Taken(ThroughputSeries series)
    {
        var now = series.Current.Where(trial => trial.Purpose != TrialPurpose.Control).Select(trial => trial.OtherShare).OfType<double>().ToArray();
        return now.Length == 0 || series.BaselineOtherShares.Count == 0 ? null : (series.BaselineOtherShares, now);
    }

    /// <summary>
    /// How much less was left of the machine now than before, as a logarithm of the ratio, less one standard error of the readings: near saturation, where little is left, a point more or less
    /// of load would excuse a tenth.
    /// </summary>
    private static double Credit(IReadOnlyList<double> before, IReadOnlyList<double> now)
    {
        var (old, current) = (Left(before), Left(now));
        return old.Mean - current.Mean - Math.Sqrt(old.Variance + current.Variance);
    }

    /// <summary>
    /// What is left of the machine, as a logarithm: the mean, so that the one busy trial of many counts before as it does now; with the variance that the readings' errors give it. How much they
    /// differ is no error: loads change.
    /// </summary>
    private static (double Mean, double Variance) Left(IReadOnlyList<double> shares)
    {
        var left = shares.Select(share => 1 - Math.Clamp(share, 0, MostShare)).ToArray();
        var (common, own) = (left.Average(one => CommonError / one), left.Sum(one => ReadingError * ReadingError / (one * one)));
        return (left.Average(Math.Log), common * common + own / left.Length / left.Length);
    }
}
