using Experiments.Analysis.Gating;
using Experiments.Analysis.Statistics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Advising;

/// <summary>
/// Recommends one configuration a dataset: of those whose throughput cannot be told from the best and whose memory fits, the one
/// with the fewest workers, then without pinned memory, then with the least memory.
/// </summary>
internal static class Advisor
{
    private const double Mebibyte = 1024 * 1024;

    public static IReadOnlyList<Advice> Advise(
        IReadOnlyList<ConfigurationTrials> configurations, IReadOnlyList<ConfigurationVerdict> verdicts, GateContext context)
    {
        var all = configurations.Zip(verdicts).ToArray();
        var ties = new TieRule(all.Where(one => one.First.Throughputs().Count > 0).Select(one => CandidateOf(one.First)));
        return [.. all.GroupBy(one => one.First.Configuration.Dataset).Select(group => Advise(group.Key, [.. group], ties, context))];
    }

    private static Advice Advise(string? dataset, (ConfigurationTrials Trials, ConfigurationVerdict Verdict)[] group, TieRule ties, GateContext context)
    {
        var measured = group.Where(one => one.Trials.Throughputs().Count > 0 && one.Verdict.Verdict is not (VerdictKind.Failed or VerdictKind.NotMeasured or VerdictKind.BlownUp))
            .Select(one => CandidateOf(one.Trials)).ToArray();
        var fitting = measured.Where(candidate => Fits(candidate, context)).ToArray();
        var ruledOut = group.Where(one => fitting.All(candidate => candidate.Trials != one.Trials)).Select(one => one.Verdict).ToArray();
        if (fitting.Length == 0)
            return new Advice { Dataset = dataset, Reasons = [AdviceReasons.Nothing(ruledOut)] };

        var best = fitting.MaxBy(candidate => candidate.Throughput)!;
        var chosen = fitting.Where(candidate => candidate == best || 1 - candidate.Throughput / best.Throughput <= ties.Allowance(best, candidate))
            .OrderBy(candidate => candidate.Configuration.NumWorkers ?? 0)
            .ThenBy(candidate => candidate.Configuration.PinMemory ?? false)
            .ThenBy(candidate => candidate.PeakBytes ?? 0)
            .First();
        return new Advice
        {
            Dataset = dataset,
            Configuration = chosen.Configuration,
            Reasons = [.. AdviceReasons.Of(new AdviceChoice(chosen, best, fitting, ruledOut), ties, context)],
        };
    }

    private static Candidate CandidateOf(ConfigurationTrials trials) => new(
        trials,
        Math.Exp(RobustLocation.Center([.. trials.Throughputs().Select(value => Math.Log(value))])),
        trials.Values(MetricKeys.MemoryPeakMegabytes) is { Count: > 0 } peaks ? peaks.Max() * Mebibyte : null);

    private static bool Fits(Candidate candidate, GateContext context) =>
        candidate.PeakBytes is not { } peak
        || (peak <= (context.Gates.PeakMemoryMaxBytes ?? long.MaxValue)
            && peak <= (context.Definition.Limits.Memory?.Resolve(context.Machine.MemoryBytes) ?? context.Machine.MemoryBytes));
}
