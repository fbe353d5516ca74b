using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Engine.Journal;
using Experiments.Engine.Machines;
using Experiments.Engine.Sweeps;
using Experiments.Pairs;
using Experiments.Preparing;
using Experiments.PyTorch.Running;
using Experiments.Recording;
using Experiments.Reports.Tracking;

namespace Experiments.Running;

/// <summary>The way of one definition to a verdict: prepare, run, judge, report.</summary>
/// <param name="definition">The definition.</param>
/// <param name="options">How it runs.</param>
internal sealed class SweepSession(ExperimentDefinition definition, RunOptions options)
{
    /// <summary>Runs or resumes the sweep.</summary>
    /// <exception cref="Engine.DiagnosticException">It cannot start; nothing ran.</exception>
    public async Task<SweepRun> RunAsync(CancellationToken cancellationToken)
    {
        var plan = Experiment.Plan(definition, options.Plan);
        using var queue = await MachineQueue.EnterAsync(definition.Name, options, cancellationToken).ConfigureAwait(false);
        var resumeId = options.SweepId != RunOptions.Latest ? options.SweepId
            : options.RepeatFailed ? LatestSweep.Begun(options.Root, definition).SweepId : LatestSweep.Unfinished(options.Root, definition);
        await using var store = Tracking.Open(definition);
        var host = await TrainingHost.ReadyAsync(definition, options.Notes, cancellationToken).ConfigureAwait(false);
        var python = await PythonCheck.RunAsync(definition, cancellationToken).ConfigureAwait(false);
        if (python is not null)
            options.Notes.WriteLine(python);
        var begun = resumeId is null ? null : SweepFolder.Of(options.Root, definition.Name, resumeId).ReadManifest();
        var comparison = await Comparison.ReadAsync(
            definition, options, begun?.Machine ?? MachineReader.Read(definition.Machine), begun?.StartedAt ?? DateTimeOffset.UtcNow, cancellationToken).ConfigureAwait(false);
        var datasets = DatasetPreparation.Prepare(definition, plan, options.Root, options.Notes, cancellationToken);
        await using var mlflow = new MlflowObserver(store, Tracking.OptionsFor(definition, datasets, python?.Tags) with { OnWaiting = options.Notes.WriteLine });
        var trainers = TaskTrainers.Of(host, python);
        using var pairs = definition.Gates.Throughput.Against is not null && trainers.FirstOrDefault(one => one.Runs(definition.Train)) is { } trainer
            ? new GatePairs(definition, new PairSurroundings(options, trainer, new TrialExplainer(python), datasets)) : null;
        await using var observers = new ObserverPipeline([mlflow, .. options.Observers], Tracking.Patience);
        var report = await SweepRunner.RunAsync(
            new SweepRequest
            {
                Definition = definition,
                Plan = plan,
                Root = options.Root,
                DatasetFolders = datasets,
                Trainers = trainers,
                Explainer = new TrialExplainer(python),
                Baseline = comparison.Baseline,
                Past = comparison.Past,
                Variables = new RunVariables(definition, mlflow, store),
                ResumeId = resumeId,
                RunForeseen = options.RunForeseen,
                AllowChangedCode = options.AllowChangedCode,
                RepeatFailed = options.RepeatFailed,
                Until = options.Until,
                Remarks = queue.Company is { } company ? [company] : [],
                Pairs = pairs,
                Note = options.Notes.WriteLine,
                Force = options.Force,
                PassesStandardInput = options.PassesStandardInput,
            },
            observers,
            cancellationToken).ConfigureAwait(false);
        return await new SweepEnding(definition, options).ReportAsync(report, observers, mlflow).ConfigureAwait(false);
    }
}
