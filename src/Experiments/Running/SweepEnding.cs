using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Engine.Sweeps;
using Experiments.Recording;
using Experiments.Reports.Files;
using Experiments.Reports.Tracking;

namespace Experiments.Running;

/// <summary>
/// The end of a sweep: files, pictures, console, MLflow, baseline. A disk that refuses one of them keeps the others from nothing: the verdict is always
/// told, and a sweep whose folder is not whole is no pass.
/// </summary>
/// <param name="definition">The definition.</param>
/// <param name="options">Where the sweep lives, and where its end is told.</param>
internal sealed class SweepEnding(ExperimentDefinition definition, RunOptions options)
{
    private bool _isWhole = true;

    /// <summary>Reports a judged sweep.</summary>
    public async Task<SweepRun> ReportAsync(SweepReport report, ObserverPipeline observers, MlflowObserver mlflow)
    {
        var folder = SweepFolder.Of(options.Root, report.Sweep.Experiment, report.Sweep.SweepId).Path;
        await TryAsync(() => ReportFiles.WriteAsync(folder, report, CancellationToken.None)).ConfigureAwait(false);
        await SweepDrawing.TryAsync(folder, report, definition, options.Notes).ConfigureAwait(false);
        Name();
        await observers.SweepFinishedAsync(report, options.Force).ConfigureAwait(false);
        await TryAsync(() => Tracking.KeepProblemsAsync(folder, report, observers, mlflow.Outcome, options.Notes)).ConfigureAwait(false);
        Tracking.Print(mlflow.Outcome, options.Notes);
        await TryAsync(() =>
        {
            if (Baselines.Ratchet(definition, report) is { } moved)
                options.Notes.WriteLine(moved);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        _isWhole &= !report.Sweep.Observers.Concat(report.Sweep.Trials.SelectMany(trial => trial.Diagnostics)).Any(one => one.Code == EnvironmentDiagnostics.CannotWrite.Code);
        return new SweepRun(report, folder, _isWhole);
    }

    /// <summary>Where the stable path leads is a convenience: the sweep is whole without it.</summary>
    private void Name()
    {
        if (LatestLink.TryUpdate(options.Root, definition.Name) is { } fault)
            options.Notes.WriteLine(EnvironmentDiagnostics.CannotWriteFile.Warning(fault));
    }

    private async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (DiagnosticException problem) // a baseline that could not move, say
        {
            options.Notes.WriteLine(problem.Diagnostic);
            _isWhole = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            options.Notes.WriteLine(EnvironmentDiagnostics.CannotWrite.Error($"{exception.Message.TrimEnd('.')}; the verdict stands, what is missing is written by: experiments report"));
            _isWhole = false;
        }
    }
}
