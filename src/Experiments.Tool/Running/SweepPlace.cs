using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Tool.Running;

/// <summary>Knows where the sweep lies that runs, and so what is lost when the tool fails.</summary>
/// <param name="output">Where that is said.</param>
/// <param name="verbose">Whether the details of a failure are printed.</param>
internal sealed class SweepPlace(TextWriter output, bool verbose) : ISweepObserver
{
    /// <summary>Absolute path; null before the sweep has begun.</summary>
    public string? Folder { get; private set; }

    public string Name => "place";

    public ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken)
    {
        Folder = sweep.Folder;
        return ValueTask.CompletedTask;
    }

    public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Says what ended the sweep.</summary>
    public Outcome Failed(Exception exception)
    {
        if (Folder is null && ToolFailure.IsOfTheDisk(exception))
        {
            output.WriteLine(EnvironmentDiagnostics.CannotWriteFile.Error($"nothing ran: {exception.Message}"));
            return new Outcome(ExitCodes.BadUsage, $"not started ({EnvironmentDiagnostics.CannotWriteFile.Code})");
        }

        ToolFailure.Tell(exception, output, Folder, verbose);
        return new Outcome(
            ExitCodes.ToolFailed,
            $"the tool itself failed ({EnvironmentDiagnostics.ToolFailed.Code}){(Folder is null ? "" : $"; what was measured is in {Path.GetRelativePath(".", Folder)}")}");
    }
}
