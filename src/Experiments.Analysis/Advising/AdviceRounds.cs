using Experiments.Analysis.Gating;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;

namespace Experiments.Analysis.Advising;

/// <summary>Which configurations a sweep repeats so that its advice can tell them apart: the fastest of a dataset and those that could be as fast, in turns.</summary>
internal static class AdviceRounds
{
    /// <summary>One round; empty when the advice of every dataset resolves so much, or nobody may be repeated.</summary>
    /// <param name="configurations">All configurations that ran as they should.</param>
    /// <param name="context">The definition, whose <c>throughput.max_repeats</c> allows repeats.</param>
    public static IEnumerable<Configuration> Next(IReadOnlyList<ConfigurationTrials> configurations, GateContext context)
    {
        if (context.Gates.Throughput.MaxRepeats is not { } most)
            return [];
        var without = SettingsWithoutEffect.Of(configurations.SelectMany(one => one.Ended), context);
        Candidate[] candidates = [.. Advisor.CandidatesOf(configurations, without).Where(one => Advisor.Fits(one, context))];
        var ties = new TieRule(candidates);
        return candidates.GroupBy(one => one.Configuration.Dataset).SelectMany(group => Open(new AdviceChoice([.. group], ties, without), ties))
            .Select(one => one.Rows[0]).Where(row => Repeats(row) < most).Select(row => row.Configuration);
    }

    private static IEnumerable<Candidate> Open(AdviceChoice choice, TieRule ties)
    {
        Candidate[] open = [.. choice.Tied.Where(one => one != choice.Best && ties.Allowance(choice.Best, one) > AdviceChoice.Near && choice.Resolution(one, choice.Best) > AdviceChoice.Near)];
        return open.Length == 0 ? [] : [choice.Best, .. open];
    }

    private static int Repeats(ConfigurationTrials row) => row.Measured.Count(trial => trial.Purpose is TrialPurpose.Planned or TrialPurpose.Adaptive);
}
