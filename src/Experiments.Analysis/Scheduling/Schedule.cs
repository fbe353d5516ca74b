using Experiments.Analysis.Gating;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis.Scheduling;

/// <summary>
/// Decides what a sweep does next. Pure and without a memory: the same results give the same step, so that a sweep that was cut off goes on where it was. What is
/// foreseen for a trial, or what it shares with one that failed, follows from the trials before it in the order alone.
/// </summary>
public static class Schedule
{
    /// <summary>The next step.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="so">What is known.</param>
    public static Step Next(ExperimentDefinition definition, SweepSoFar so)
    {
        var done = new Dictionary<string, TrialResult>(StringComparer.Ordinal);
        foreach (var result in so.Sweep.Trials)
            done[result.TrialId] = result;
        var before = new List<TrialResult>(done.Count);
        foreach (var trial in Trials(definition, so))
        {
            if (!done.TryGetValue(trial.Id, out var result))
                return Decide(trial, before, definition, so);
            before.Add(result);
        }

        return Pair(definition, so) ?? new Done(Assess(definition, so)) as Step;
    }

    /// <summary>
    /// The trials that run now whatever comes of each other, for executors that run many at once: of those that are called for, all that have no result and that nothing known so far keeps from running.
    /// </summary>
    /// <param name="definition">The definition.</param>
    /// <param name="so">What is known.</param>
    public static IReadOnlyList<RunTrial> Block(ExperimentDefinition definition, SweepSoFar so)
    {
        var done = so.Sweep.Trials.DistinctBy(result => result.TrialId).ToDictionary(result => result.TrialId, StringComparer.Ordinal);
        var before = new List<TrialResult>(done.Count);
        var block = new List<RunTrial>();
        foreach (var trial in Trials(definition, so))
        {
            if (done.TryGetValue(trial.Id, out var result))
                before.Add(result);
            else if (Decide(trial, before, definition, so) is RunTrial run)
                block.Add(run);
        }

        return block;
    }

    /// <summary>All trials that the plan and the results so far call for, in their order: those planned, then round after round what was unclear.</summary>
    /// <param name="definition">The definition, whose gates decide what is unclear.</param>
    /// <param name="so">What is known.</param>
    public static IReadOnlyList<PlannedTrial> Trials(ExperimentDefinition definition, SweepSoFar so)
    {
        var known = so.Sweep.Trials.DistinctBy(result => result.TrialId).ToDictionary(result => result.TrialId, StringComparer.Ordinal);
        List<PlannedTrial> trials = [.. so.Plan.Trials.Where(trial => trial.Purpose == TrialPurpose.Planned)];
        while (trials.TrueForAll(trial => known.ContainsKey(trial.Id)))
        {
            var sweep = so.Sweep with { Trials = [.. trials.Select(trial => known[trial.Id])] };
            if (NextTrials.Decide(sweep, definition, so.Baseline) is not { Count: > 0 } round)
                break;
            trials.AddRange(round);
        }

        // With another baseline other rounds would have run; what was measured counts all the same.
        var called = trials.Select(trial => trial.Id).ToHashSet(StringComparer.Ordinal);
        return [.. trials, .. so.Sweep.Trials.Where(result => !called.Contains(result.TrialId)).Select(result => new PlannedTrial(result.Configuration, result.Repeat, result.Purpose))];
    }

    /// <summary>The judgement of what is measured, of a sweep that was cut off too.</summary>
    /// <param name="definition">The definition, whose gates decide.</param>
    /// <param name="so">What is known.</param>
    public static Assessment Assess(ExperimentDefinition definition, SweepSoFar so) =>
        Judge.Assess(so.Sweep with { PlannedTrials = Trials(definition, so).Count }, definition, so.Baseline, so.Past);

    /// <summary>The next pair that the gate asks for, or null; after all trials, so that what fails by itself is not compared.</summary>
    private static ComparePair? Pair(ExperimentDefinition definition, SweepSoFar so)
    {
        var context = new GateContext(definition, so.Sweep.Machine, null);
        var gate = new PairGate(so.Sweep, context);
        return gate.Rule is { } rule && gate.Next(ConfigurationTrials.Group(so.Sweep, context)) is { } next
            ? new ComparePair(so.Plan.Trials.First(trial => trial.Configuration.Id == next.Id), rule) : null;
    }

    private static Step Decide(PlannedTrial trial, List<TrialResult> before, ExperimentDefinition definition, SweepSoFar so)
    {
        if (SharedFate.Of(trial, before) is { } failed)
        {
            var code = failed.Diagnostics.First(one => one.Severity == DiagnosticSeverity.Error).Code;
            return new SkipTrial(trial, TrialStatus.Skipped, PyTorchDiagnostics.Skipped.Error(
                $"not run: {failed.Configuration.Name} failed of {code}, which this one's settings do not change", definition.PositionOf("train")), null);
        }

        var forecast = Foresight.Foresee(trial, before, so.Sweep.MemoryLimitBytes);
        return forecast is { IsBlowUp: true } && !so.RunForeseen
            ? new SkipTrial(trial, TrialStatus.Foreseen, TrialDiagnostics.Foreseen.Error($"not run, {forecast.Evidence}", definition.PositionOf("limits.memory")), forecast)
            : new RunTrial(trial, Pilot.StepsOf(definition.Train, trial, before), forecast);
    }
}
