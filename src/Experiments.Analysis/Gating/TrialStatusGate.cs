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
            var worst = red.MaxBy(VerdictOf)!;
            var line = worst.Status == TrialStatus.Skipped ? null : Line(worst, red.Count(trial => trial.Status != TrialStatus.Skipped), trials, context);
            yield return new Finding(VerdictOf(worst), line); // what was skipped is said once for the whole sweep
        }
        else if (trials.Throughputs().Count < trials.Measured.Count)
        {
            yield return new Finding(VerdictKind.NotMeasured, TrialDiagnostics.NotMeasured.Error(
                $"a trial ended well but has no throughput at {trials.Configuration.Name}", context.Definition.PositionOf("train")));
        }
    }

    private static VerdictKind VerdictOf(TrialResult trial) => trial.Status switch
    {
        TrialStatus.Failed when trial.Diagnostics.Any(one => one.Code == PyTorchDiagnostics.UnknownArgument.Code) => VerdictKind.ArgumentsRefused,
        TrialStatus.BlownUp => VerdictKind.BlownUp,
        TrialStatus.Foreseen => VerdictKind.Foreseen,
        TrialStatus.Failed or TrialStatus.TimedOut => VerdictKind.Failed,
        TrialStatus.NotMeasured or TrialStatus.Skipped => VerdictKind.NotMeasured,
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
        var ran = trials.Ended.Count(trial => trial.Status != TrialStatus.Skipped);
        if (ran > 1)
            message += $" ({red} of {Quantity.Count(ran, "trial")})";
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
