using Experiments.Analysis.Advising;
using Experiments.Analysis.Gating;
using Experiments.Analysis.Throughput;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis;

/// <summary>Which trials a sweep needs beyond its plan: repeats where the verdict is unclear, fresh trials of suspects beside a control, then repeats of what the advice cannot tell apart.</summary>
public static class NextTrials
{
    /// <summary>
    /// Decides, once all trials so far have ended. Call it again after each round that it gives, until it gives none; it holds no state,
    /// so a resumed sweep goes on where it was.
    /// </summary>
    /// <param name="sweep">What is measured so far.</param>
    /// <param name="definition">The definition, whose gates decide.</param>
    /// <param name="baseline">The accepted results, or null.</param>
    /// <returns>The next round in the order in which to run it; empty when everything is settled or nothing can be compared.</returns>
    public static IReadOnlyList<PlannedTrial> Decide(SweepResult sweep, ExperimentDefinition definition, Baseline? baseline)
    {
        if (sweep.OtherMachines.Count > 0)
            return []; // nobody can say on which of them a repeat would run
        var comparable = definition.Gates.Throughput.BaselineBoundPercent is null ? null : BaselineGate.Check(sweep, definition, baseline).Comparable;
        var context = new GateContext(definition, sweep.Machine, comparable);
        // A configuration that is red already needs no more trials.
        var configurations = ConfigurationTrials.Group(sweep, context).Where(trials => trials.Ended.Count == trials.Measured.Count && trials.Ended.Count > 0).ToArray();
        var round = sweep.Trials.Select(trial => trial.Repeat).DefaultIfEmpty(0).Max() + 1;
        if (comparable is not null && ForTheGate(configurations, context) is { Count: > 0 } next)
        {
            var byId = configurations.ToDictionary(trials => trials.Configuration.Id, trials => trials.Configuration, StringComparer.Ordinal);
            return [.. next.Select(trial => new PlannedTrial(byId[trial.Id], round, trial.Purpose))];
        }

        return [.. AdviceRounds.Next(configurations, context).Select(one => new PlannedTrial(one, round, TrialPurpose.Adaptive))];
    }

    private static IReadOnlyList<(string Id, TrialPurpose Purpose)> ForTheGate(ConfigurationTrials[] configurations, GateContext context)
    {
        var planned = ThroughputGate.PlannedRepeats(configurations);
        return RepeatPolicy.Next(
            ThroughputGate.SeriesOf(configurations, context), ThroughputGate.RuleOf(context, planned), new RepeatLimits(context.Gates.Throughput.MaxRepeats ?? planned, context.Gates.Throughput.Confirm));
    }
}
