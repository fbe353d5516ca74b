using Experiments.Analysis;
using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Engine.Sweeps;
using Experiments.Engine.Trainers;
using Experiments.PyTorch.Running;
using Experiments.Reports.Console;
using Experiments.Reports.Files;
using Experiments.Reports.Tracking;

namespace Experiments.Tool.Running;

/// <summary>The way from a definition to a verdict: prepare, run, judge, report.</summary>
/// <param name="root">Absolute folder where sweeps live.</param>
/// <param name="output">Where the course of a sweep is told.</param>
/// <param name="stop">What asks the sweep to stop.</param>
/// <param name="results">Where the results go as JSON; null: nowhere.</param>
internal sealed class SweepSession(string root, TextWriter output, StopRequests stop, TextWriter? results = null)
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
        var request = new SweepRequest
        {
            Definition = definition,
            Plan = plan,
            Root = root,
            DatasetFolders = DatasetPreparation.Prepare(definition, plan, root, output, stop.Requested),
            Trainers = [new TorchSharpTrainer(host ?? ""), new CommandTrainer(), .. python is null ? [] : new[] { new PyTorchTrainer(python) }],
            Explainer = new TrialExplainer(python),
            ResumeId = resumeId,
            Force = stop.Forced,
        };
        await using var store = Tracking.Open(definition);
        await using var console = ConsoleReporter.ForStandardOutput(new ConsoleReporterOptions { TrackingUri = null }, output);
        await using var mlflow = new MlflowObserver(store, Tracking.OptionsFor(definition, request.DatasetFolders, python?.Tags) with { OnWaiting = output.WriteLine });
        await using var observers = new ObserverPipeline([mlflow, console], Tracking.Patience);
        var sweep = await new SweepRunner().RunAsync(request, observers, stop.Requested).ConfigureAwait(false);
        var verdict = await FinishAsync(sweep, definition, observers).ConfigureAwait(false);
        Tracking.Print(mlflow.Outcome, output);
        return verdict;
    }

    private async Task<VerdictKind> FinishAsync(SweepResult sweep, ExperimentDefinition definition, ObserverPipeline observers)
    {
        var report = new SweepReport { Sweep = sweep, Assessment = Judge.Assess(sweep, definition, Baselines.Read(definition, sweep.Machine)) };
        await ReportFiles.WriteAsync(SweepFolder.Of(root, sweep.Experiment, sweep.SweepId).Path, report).ConfigureAwait(false);
        await observers.SweepFinishedAsync(report, stop.Forced).ConfigureAwait(false);
        results?.Write(ResultsJson.Render(report));
        return report.Assessment.Verdict;
    }
}
