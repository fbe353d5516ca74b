using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>A configuration is red when any of its trials failed, blew up, timed out or measured nothing.</summary>
internal static class TrialStatusGate
{
    public static IEnumerable<Finding> Check(ConfigurationTrials trials, GateContext context)
    {
        if (trials.Ended.Count == 0)
        {
            yield return new Finding(VerdictKind.NotMeasured, null); // the sweep's own diagnostic says that trials are missing
            yield break;
        }

        var red = trials.Ended.Where(trial => !trial.IsMeasured).ToArray();
        if (red.Length > 0)
        {
            var worst = red.MaxBy(trial => VerdictOf(trial.Status))!;
            yield return new Finding(VerdictOf(worst.Status), Line(worst, red.Length, trials, context));
        }
        else if (trials.Throughputs().Count < trials.Measured.Count)
        {
            yield return new Finding(VerdictKind.NotMeasured, TrialDiagnostics.NotMeasured.Error(
                $"a trial ended well but has no throughput at {trials.Configuration.Name}", context.Definition.PositionOf("train")));
        }
    }

    private static VerdictKind VerdictOf(TrialStatus status) => status switch
    {
        TrialStatus.BlownUp => VerdictKind.BlownUp,
        TrialStatus.Foreseen => VerdictKind.Foreseen,
        TrialStatus.Failed or TrialStatus.TimedOut => VerdictKind.Failed,
        TrialStatus.NotMeasured => VerdictKind.NotMeasured,
        _ => VerdictKind.Pass,
    };

    /// <summary>The worst trial's own diagnostic, with the configuration and how many trials share its lot.</summary>
    private static Diagnostic Line(TrialResult worst, int red, ConfigurationTrials trials, GateContext context)
    {
        var cause = worst.Diagnostics.FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error)
            ?? Rule(worst.Status).Error(Rule(worst.Status).Title.ToLowerInvariant(), context.Definition.PositionOf("train"));
        var message = cause.Message;
        if (!message.Contains(trials.Configuration.Name, StringComparison.Ordinal))
            message += $" at {trials.Configuration.Name}";
        if (trials.Ended.Count > 1)
            message += $" ({red} of {Quantity.Count(trials.Ended.Count, "trial")})";
        return cause with { Message = message, Position = cause.Position ?? context.Definition.PositionOf("train") };
    }

    private static DiagnosticRule Rule(TrialStatus status) => status switch
    {
        TrialStatus.BlownUp => TrialDiagnostics.MemoryLimit,
        TrialStatus.Foreseen => TrialDiagnostics.Foreseen,
        TrialStatus.TimedOut => TrialDiagnostics.TimedOut,
        TrialStatus.NotMeasured => TrialDiagnostics.NotMeasured,
        _ => TrialDiagnostics.ExitCode,
    };
}
