using Experiments.Core.Plans;

namespace Experiments.Analysis.Throughput;

/// <summary>Decides which trials to run next, so that effort goes where the answer is not clear yet.</summary>
public static class RepeatPolicy
{
    /// <summary>With this many standard errors between estimate and bound, a configuration is clear: 80 % one-sided.</summary>
    private const double ClearErrors = 0.8416;

    /// <summary>One round of further trials, in the order in which to run them; empty when everything is settled.</summary>
    /// <param name="series">All configurations with what is measured so far.</param>
    /// <param name="rule">When a slowdown is a regression.</param>
    /// <param name="limits">How far to go.</param>
    public static IReadOnlyList<(string Id, TrialPurpose Purpose)> Next(IReadOnlyList<ThroughputSeries> series, ThroughputRule rule, RepeatLimits limits)
    {
        var comparisons = ThroughputModel.Suspect(series, rule);
        var byId = series.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var due = comparisons.Where(one => Count(byId[one.Id], TrialPurpose.Planned) + Count(byId[one.Id], TrialPurpose.Adaptive) < limits.MaxRepeats).ToArray();
        if (due.Where(one => IsOpen(one, rule)).ToArray() is { Length: > 0 } open)
            return Round(open);
        if (limits.Confirm && Confirm(comparisons, byId) is { Length: > 0 } fresh)
            return fresh;
        return Round(LeftUnclearByLoad(due, series, rule));

        (string, TrialPurpose)[] Round(ThroughputComparison[] open) =>
            open.Length == 0 ? [] : [.. open.Concat(Company(open, due, byId)).Select(one => (one.Id, TrialPurpose.Adaptive))];
    }

    /// <summary>Suspects that what other programs took of the machine leaves unclear: the next round may find it quieter.</summary>
    private static ThroughputComparison[] LeftUnclearByLoad(ThroughputComparison[] due, IReadOnlyList<ThroughputSeries> series, ThroughputRule rule)
    {
        var suspects = Array.FindAll(due, one => one.Outcome == ThroughputOutcome.Regressed);
        if (suspects.Length == 0)
            return [];
        var unclear = ThroughputModel.Compare(series, rule).Where(one => one is { Outcome: ThroughputOutcome.Unclear, Unconfirmed: false }).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        return Array.FindAll(suspects, one => unclear.Contains(one.Id));
    }

    /// <summary>
    /// What runs in the same round: a configuration by itself cannot tell its own slowdown from the minute that it ran in. As many as show the machine's speed, those with the
    /// fewest trials first; all, where the matrix is what is known least.
    /// </summary>
    private static IEnumerable<ThroughputComparison> Company(ThroughputComparison[] open, ThroughputComparison[] due, Dictionary<string, ThroughputSeries> byId)
    {
        var others = due.Except(open).Where(one => one.Outcome != ThroughputOutcome.NotCompared);
        return open.Any(IsKnownBetterThanTheMatrix) ? others : others.OrderBy(one => byId[one.Id].Current.Count).Take(MachineDrift.LeastConfigurations - open.Length);
    }

    /// <summary>Whether more of its own trials say less than the matrix would: what it is held against has the larger part in its error.</summary>
    private static bool IsKnownBetterThanTheMatrix(ThroughputComparison one) => 2 * one.ReferenceError * one.ReferenceError > one.StandardError * one.StandardError;

    /// <summary>Neither regressed nor, with 80 % confidence, within the bound.</summary>
    private static bool IsOpen(ThroughputComparison comparison, ThroughputRule rule) => comparison.Outcome switch
    {
        ThroughputOutcome.Unclear => true,
        ThroughputOutcome.Unchanged => Math.Min(comparison.LogChange, comparison.LogCredited) - ClearErrors * comparison.StandardError < rule.LogBound,
        ThroughputOutcome.MachineDrift when rule.MachineExtent > 0 => comparison.LogCredited - ClearErrors * comparison.StandardError < rule.LogBound,
        _ => false,
    };

    /// <summary>Suspects that are not confirmed yet, then a control; round after round they alternate.</summary>
    private static (string, TrialPurpose)[] Confirm(IReadOnlyList<ThroughputComparison> comparisons, Dictionary<string, ThroughputSeries> byId)
    {
        var suspects = comparisons.Where(one => one.Outcome == ThroughputOutcome.Regressed).ToArray();
        var compared = comparisons.Count(one => one.Outcome != ThroughputOutcome.NotCompared);
        // Where most of the matrix is slow, chance did not do it, and nothing is left to hold it against.
        if (suspects.Length * 2 > compared)
            return [];
        var due = suspects.Where(one => Count(byId[one.Id], TrialPurpose.Confirmation) < Confirmation.Rounds(one, byId[one.Id].Baseline.Count))
            .Select(one => (one.Id, TrialPurpose.Confirmation)).ToArray();
        if (due.Length == 0)
            return [];
        var control = comparisons.Where(one => one.Outcome == ThroughputOutcome.Unchanged)
            .OrderByDescending(one => Count(byId[one.Id], TrialPurpose.Control)).ThenByDescending(one => byId[one.Id].PreferredControl)
            .ThenBy(one => one.Noise).FirstOrDefault();
        return control is null ? due : [.. due, (control.Id, TrialPurpose.Control)];
    }

    private static int Count(ThroughputSeries series, TrialPurpose purpose) => series.Current.Count(trial => trial.Purpose == purpose);
}
