using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Core.Results;

namespace Experiments.Analysis;

/// <summary>What the self-test proved.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Message">What it says, for people.</param>
public sealed record SelfTestOutcome(int ExitCode, string Message)
{
    /// <summary>Of a machine that is busier than this, in percent, no gate on throughput can be trusted, and none is to blame.</summary>
    private const double BusyPercent = 50;

    /// <summary>
    /// Pure. Nothing wrong is the proof. Where the gates only said that they cannot tell, or the machine is so busy that throughput tells nothing, nothing is proven either way; else
    /// the gates were wrong.
    /// </summary>
    /// <param name="wrong">The configurations whose verdict is not the right one.</param>
    /// <param name="trials">All trials, which tell what others took of the machine.</param>
    public static SelfTestOutcome Of(IReadOnlyList<(ConfigurationVerdict Seen, VerdictKind Right)> wrong, IReadOnlyList<TrialResult> trials)
    {
        if (wrong.Count == 0)
            return new SelfTestOutcome(ExitCodes.Pass, "every injected fault was seen, and nothing else");
        var taken = trials.Select(trial => trial.Metric(MetricKeys.CpuOtherPercentage)).OfType<double>().ToArray();
        var others = taken.Length == 0 ? 0 : RobustLocation.Median(taken);
        var isBusy = others >= BusyPercent;
        if (!wrong.All(one => IsUntold(one.Seen.Verdict) || (isBusy && IsOfThroughput(one.Seen.Verdict, one.Right))))
            return new SelfTestOutcome(ExitCodes.GateFailed, "the gates were wrong");
        return new SelfTestOutcome(ExitCodes.Inconclusive, isBusy
            ? $"this machine is too busy to prove it: others took {Quantity.Percent(others)} of it; try again when it is quiet"
            : $"nothing is proven, the measurements do not tell: others took {Quantity.Percent(others)} of the machine in the middle trial and {Quantity.Percent(taken.DefaultIfEmpty().Max())} in the busiest; try again");
    }

    private static bool IsUntold(VerdictKind seen) => seen is VerdictKind.Inconclusive or VerdictKind.EnvironmentChanged or VerdictKind.NotMeasured;

    /// <summary>Whether the two verdicts differ only in what throughput tells: memory and crashes are seen on a busy machine too.</summary>
    private static bool IsOfThroughput(VerdictKind seen, VerdictKind right) => seen is VerdictKind.Pass or VerdictKind.Regressed && right is VerdictKind.Pass or VerdictKind.Regressed;
}
