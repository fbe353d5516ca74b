using Experiments.Analysis;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Engine.Machines;
using Experiments.Engine.Sweeps;
using Experiments.Engine.Trainers;
using Experiments.PyTorch.Running;
using Experiments.Reports.Console;
using Experiments.Reports.Files;
using Experiments.Reports.Pictures;
using Experiments.Reports.Tracking;

namespace Experiments.Tool.Running;

/// <summary>The way from a definition to a verdict: prepare, run, judge, report.</summary>
/// <param name="root">Absolute folder where sweeps live.</param>
/// <param name="output">Where the course of a sweep is told.</param>
/// <param name="stop">What asks the sweep to stop.</param>
/// <param name="runForeseen">Whether trials run that are foreseen to blow up.</param>
/// <param name="results">Where the results go as JSON; null: nowhere.</param>
internal sealed class SweepSession(string root, TextWriter output, StopRequests stop, bool runForeseen, TextWriter? results = null)
{
    public string Root => root;

    public TextWriter Output => output;

    public StopRequests Stop => stop;

    /// <summary>Runs or resumes one sweep.</summary>
    /// <exception cref="Engine.DiagnosticException">It cannot start; nothing ran.</exception>
    public async Task<VerdictKind> RunAsync(ExperimentDefinition definition, Plan plan, string? resumeId)
    {
        var host = await TrainingHost.ReadyAsync(definition, output, stop.Requested).ConfigureAwait(false);
        var python = await PythonCheck.RunAsync(definition, stop.Requested).ConfigureAwait(false);
        if (python is not null)
            output.WriteLine(python);
        var begun = resumeId is null ? null : SweepFolder.Of(root, definition.Name, resumeId).ReadManifest();
        var comparison = await Comparison.ReadAsync(
            definition, root, begun?.Machine ?? MachineReader.Read(), begun?.StartedAt ?? DateTimeOffset.UtcNow, stop.Requested).ConfigureAwait(false);
        var request = new SweepRequest
        {
            Definition = definition,
            Plan = plan,
            Root = root,
            DatasetFolders = DatasetPreparation.Prepare(definition, plan, root, output, stop.Requested),
            Trainers = [new TorchSharpTrainer(host ?? ""), new CommandTrainer(), .. python is null ? [] : new[] { new PyTorchTrainer(python) }],
            Explainer = new TrialExplainer(python),
            ResumeId = resumeId,
            Foresee = Foresight.Foresee,
            RunForeseen = runForeseen,
            MoreTrials = comparison.MoreTrials,
            Force = stop.Forced,
        };
        await using var store = Tracking.Open(definition);
        await using var console = ConsoleReporter.ForStandardOutput(new ConsoleReporterOptions { TrackingUri = null }, output);
        await using var mlflow = new MlflowObserver(store, Tracking.OptionsFor(definition, request.DatasetFolders, python?.Tags) with { OnWaiting = output.WriteLine });
        await using var observers = new ObserverPipeline([mlflow, console], Tracking.Patience);
        request = request with { LateVariables = (trial, cancellationToken) => Tracking.HandOverAsync(mlflow, store, definition, trial, cancellationToken) };
        var sweep = await new SweepRunner().RunAsync(request, observers, stop.Requested).ConfigureAwait(false);
        var report = await FinishAsync(await comparison.JudgeAsync(sweep, output, stop.Forced).ConfigureAwait(false), definition, observers, mlflow).ConfigureAwait(false);
        Tracking.Print(mlflow.Outcome, output);
        if (Baselines.Ratchet(definition, report) is { } moved)
            output.WriteLine(moved);
        return report.Assessment.Verdict;
    }

    /// <summary>Draws pictures where the machine can; a sweep without them is whole.</summary>
    private async Task DrawAsync(string folder, SweepReport report, ExperimentDefinition definition)
    {
        try
        {
            await SweepPictures.WriteAsync(folder, report, definition.Train.WarmupSteps).ConfigureAwait(false);
            await ReportFiles.WritePageAsync(folder, report).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TypeInitializationException)
        {
            output.WriteLine(TrackingDiagnostics.NotDrawn.Warning(exception.GetBaseException().Message));
        }
    }

    private async Task<SweepReport> FinishAsync(SweepReport report, ExperimentDefinition definition, ObserverPipeline observers, MlflowObserver mlflow)
    {
        var folder = SweepFolder.Of(root, report.Sweep.Experiment, report.Sweep.SweepId).Path;
        await ReportFiles.WriteAsync(folder, report).ConfigureAwait(false);
        await DrawAsync(folder, report, definition).ConfigureAwait(false);
        await observers.SweepFinishedAsync(report, stop.Forced).ConfigureAwait(false);
        await Tracking.KeepProblemsAsync(folder, report, observers, mlflow.Outcome, output).ConfigureAwait(false);
        results?.Write(ResultsJson.Render(report));
        return report;
    }
}
