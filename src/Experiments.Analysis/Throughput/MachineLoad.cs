using Experiments.Core.Plans;

namespace Experiments.Analysis.Throughput;

/// <summary>
/// What other programs took of the machine. A slowdown that this may explain is not held against the code: who has less of the machine left than the
/// baseline had may be slower by that share, and which part of it was the code's nobody can tell.
/// </summary>
internal static class MachineLoad
{
    /// <summary>The most that the load counts for; a machine without anything left measures nothing.</summary>
    private const double MostShare = 0.95;

    /// <summary>The comparison, acquitted where the load may explain what is beyond the bound.</summary>
    /// <param name="comparison">The comparison so far.</param>
    /// <param name="series">What it compares.</param>
    /// <param name="rule">When a slowdown is a regression.</param>
    public static ThroughputComparison Review(ThroughputComparison comparison, ThroughputSeries series, ThroughputRule rule)
    {
        if (comparison.Outcome is not (ThroughputOutcome.Regressed or ThroughputOutcome.Unclear) || Shares(series) is not { } shares)
            return comparison;
        var credit = Math.Min(0, Math.Log((1 - shares.Now) / (1 - shares.Before)));
        return comparison.LogCredited - credit < rule.LogBound
            ? comparison
            : comparison with { Outcome = ThroughputOutcome.MachineDrift, LogDrift = comparison.LogDrift + credit, OtherShares = shares, RepeatsToSettle = null };
    }

    private static (double Before, double Now)? Shares(ThroughputSeries series)
    {
        var now = series.Current.Where(trial => trial.Purpose != TrialPurpose.Control).Select(trial => trial.OtherShare).OfType<double>().ToArray();
        return now.Length == 0 || series.BaselineOtherShares.Count == 0
            ? null
            : (Math.Min(series.BaselineOtherShares.Average(), MostShare), Math.Min(now.Average(), MostShare));
    }
}
