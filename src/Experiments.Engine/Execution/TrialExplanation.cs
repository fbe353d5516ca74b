using System.Globalization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Execution;

/// <summary>Puts the cause that an explainer found in the place of the engine's own line, which knows only how the trial ended. Pure.</summary>
internal static class TrialExplanation
{
    /// <summary>One error, the cause; then what else the engine saw; then the explainer's warnings.</summary>
    /// <param name="judged">The engine's diagnostics.</param>
    /// <param name="explained">The explainer's.</param>
    /// <param name="trial">The trial.</param>
    internal static IReadOnlyList<Diagnostic> Merge(
        IReadOnlyList<Diagnostic> judged, IReadOnlyList<Diagnostic> explained, EndedTrial trial)
    {
        var warnings = explained.Where(one => one.Severity == DiagnosticSeverity.Warning);
        var cause = explained.FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error);
        if (cause is null || trial.Status is not (TrialStatus.Failed or TrialStatus.TimedOut or TrialStatus.NotMeasured))
            return [.. judged, .. warnings];
        var line = cause with
        {
            Message = $"{cause.Message}; {End(trial)}; by hand: {trial.CommandLine}",
            Position = cause.Position ?? judged[0].Position,
        };
        return [line, .. judged.Skip(1), .. warnings];
    }

    private static string End(EndedTrial trial) => trial switch
    {
        { StalledFor: not null } => string.Create(CultureInfo.InvariantCulture, $"ended after {trial.Definition.Limits.StallTimeout?.TotalSeconds:0.###} s without a step"),
        { Status: TrialStatus.TimedOut } => string.Create(CultureInfo.InvariantCulture, $"timed out after {trial.Definition.Limits.Timeout.TotalSeconds:0.###} s"),
        { Signal: { } signal } => $"killed by {SignalName.Of(signal)}",
        _ => string.Create(CultureInfo.InvariantCulture, $"exit code {trial.ExitCode}"),
    };
}
