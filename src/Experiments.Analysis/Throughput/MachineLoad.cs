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

    /// <summary>
    /// The series as they would be at most, had each configuration had as much of the machine as in the baseline; one that had more stays as it is. All its trials are moved alike: the share of
    /// a short trial is itself uncertain, and must not add to the noise.
    /// </summary>
    /// <param name="series">What was measured.</param>
    public static IReadOnlyList<ThroughputSeries> GivenBack(IReadOnlyList<ThroughputSeries> series) => [.. series.Select(one => Taken(one) is { } shares && Left(shares.Before) - Left(shares.Now) is > 0 and var credit
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

    /// <summary>What is left of the machine, as a logarithm: the mean, so that the one busy trial of many counts before as it does now.</summary>
    private static double Left(IReadOnlyList<double> shares) => shares.Average(share => Math.Log(1 - Math.Clamp(share, 0, MostShare)));
}
