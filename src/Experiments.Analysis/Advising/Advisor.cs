using Experiments.Analysis.Gating;
using Experiments.Analysis.Measuring;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Advising;

/// <summary>
/// Recommends one configuration a dataset, and says why; none where the measurements cannot carry a recommendation. No sentence says more than the table's
/// figures do, and no loader setting is said to gain more than what was waited for.
/// </summary>
internal static class Advisor
{
    public static IReadOnlyList<Advice> Advise(
        IReadOnlyList<ConfigurationTrials> configurations, IReadOnlyList<ConfigurationVerdict> verdicts, IReadOnlyList<MemoryAdvice> memory, GateContext context)
    {
        var all = configurations.Zip(verdicts).ToArray();
        var without = SettingsWithoutEffect.Of(configurations.SelectMany(one => one.Ended), context);
        var measured = all.Where(one => IsEligible(one.First, one.Second)).Select(one => one.First).ToArray();
        var notApplied = measured.Where(IsAnothers).ToLookup(one => one.Configuration.Dataset);
        var candidates = CandidatesOf(measured, without).ToArray();
        var ties = new TieRule(candidates);
        return [.. all.GroupBy(one => one.First.Configuration.Dataset).Select(group =>
            notApplied[group.Key].Count() is > 0 and var others && measured.Count(one => one.Configuration.Dataset == group.Key) - others < 2
                ? new Advice { Dataset = group.Key, Reasons = [AdviceReasons.NotApplied(others)] }
                : Advise(group.Key, [.. group.Select(one => one.Second)], [.. candidates.Where(candidate => candidate.Configuration.Dataset == group.Key)], (ties, without, memory, context)))];
    }

    /// <summary>The configurations that could be recommended, with those of the same effect as one.</summary>
    /// <param name="measured">Configurations that were measured.</param>
    /// <param name="without">Settings that have no effect here.</param>
    public static IEnumerable<Candidate> CandidatesOf(IEnumerable<ConfigurationTrials> measured, SettingsWithoutEffect without) => measured.Where(one => !IsAnothers(one))
        .GroupBy(trials => without.KeyOf(trials.Configuration), StringComparer.Ordinal).Select(rows => new Candidate(rows));

    /// <summary>Whether a candidate's memory fits the machine, its limit and its gate.</summary>
    public static bool Fits(Candidate candidate, GateContext context) =>
        candidate.WorstPeakBytes is not { } peak
        || (peak <= (context.Gates.PeakMemory.MaxBytes ?? long.MaxValue)
            && peak <= (context.Definition.Limits.Memory?.Resolve(context.Machine.MemoryBytes) ?? context.Machine.MemoryBytes));

    private static Advice Advise(
        string? dataset, IReadOnlyList<ConfigurationVerdict> verdicts, Candidate[] candidates, (TieRule Ties, SettingsWithoutEffect Without, IReadOnlyList<MemoryAdvice> Memory, GateContext Context) rules)
    {
        var fitting = Array.FindAll(candidates, candidate => Fits(candidate, rules.Context));
        var rows = fitting.SelectMany(candidate => candidate.Rows).Select(row => row.Configuration.Id).ToHashSet(StringComparer.Ordinal);
        var ruledOut = verdicts.Where(one => !rows.Contains(one.Configuration.Id)).ToArray();
        if (fitting.Length == 0)
            return new Advice { Dataset = dataset, Reasons = [AdviceReasons.Nothing(ruledOut)] };

        var choice = new AdviceChoice(fitting, rules.Ties, rules.Without) { RuledOut = ruledOut };
        var reasons = new AdviceReasons(choice, rules.Ties, rules.Without, rules.Context, MemoryBeside(choice.Chosen, rules.Memory));
        return Bearing.Fault(choice, rules.Context) is { } fault
            ? new Advice { Dataset = dataset, Reasons = [fault, .. reasons.WithoutRecommendation()] }
            : new Advice { Dataset = dataset, Configuration = rules.Without.Plain(choice.Chosen.Configuration), MeasuredAs = choice.Chosen.Configuration.Id, Reasons = [.. reasons.Of()] };
    }

    /// <summary>Whether a setting did not reach the training loader: the figures are those of another configuration.</summary>
    private static bool IsAnothers(ConfigurationTrials trials) =>
        trials.Measured.Any(trial => trial.Diagnostics.Any(one => one.Code == PyTorchDiagnostics.OverrideNotApplied.Code));

    /// <summary>Measured, and neither failed nor blown up, in fact or by foresight, in any trial.</summary>
    private static bool IsEligible(ConfigurationTrials trials, ConfigurationVerdict verdict) => trials.Throughputs().Count > 0
        && verdict.Verdict is not (VerdictKind.Failed or VerdictKind.ArgumentsRefused or VerdictKind.NotMeasured or VerdictKind.BlownUp or VerdictKind.Foreseen);

    /// <summary>How memory follows from the workers of a candidate's first row.</summary>
    private static MemoryAdvice? MemoryBeside(Candidate candidate, IReadOnlyList<MemoryAdvice> memory) => memory.FirstOrDefault(one =>
        one.Values.All(value => candidate.Configuration.Values.TryGetValue(value.Key, out var same) && same.Text == value.Value.Text));
}
