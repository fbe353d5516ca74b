using Experiments.Cluster;
using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Engine.Sweeps;
using Experiments.Pairs;
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
    /// <exception cref="DiagnosticException">It cannot start; nothing ran.</exception>
    public async Task<SweepRun> RunAsync(CancellationToken cancellationToken)
    {
        var (folder, isOnCluster) = Place();
        using var queue = isOnCluster ? null : await MachineQueue.EnterAsync(definition.Name, options, cancellationToken).ConfigureAwait(false);
        await using var store = Tracking.Open(definition);
        var (ready, cluster) = await ReadyAsync(folder, isOnCluster, cancellationToken).ConfigureAwait(false);
        if (cluster is null && options.LeavesJobs)
            throw new DiagnosticException(SlurmDiagnostics.NothingSubmitted.Error($"sweep {ready.ResumeId} runs on this machine; experiments resume continues it"));
        await using var mlflow = new MlflowObserver(store, Tracking.OptionsFor(definition, ready.Datasets, ready.Python?.Tags) with { OnWaiting = options.Notes.WriteLine });
        var explainer = new TrialExplainer(ready.Python);
        using var pairs = cluster is null && definition.Gates.Throughput.Against is not null && ready.Trainers.FirstOrDefault(one => one.Runs(definition.Train)) is { } trainer
            ? new GatePairs(definition, new PairSurroundings(options, trainer, explainer, ready.Datasets)) : null;
        await using var observers = new ObserverPipeline([mlflow, .. options.Observers], Tracking.Patience);
        var request = Request(ready) with { Explainer = explainer, Variables = new RunVariables(definition, mlflow, store), Pairs = pairs, Cluster = cluster, Remarks = queue?.Company is { } company ? [company] : [] };
        var report = await SweepRunner.RunAsync(request, observers, cancellationToken).ConfigureAwait(false);
        if (cluster is not null) // each kind of node by its own baseline
            report = await Judging.JudgeAsync(definition, options, report.Sweep, CancellationToken.None).ConfigureAwait(false);
        return await new SweepEnding(definition, options).ReportAsync(report, observers, mlflow).ConfigureAwait(false);
    }

    /// <summary>Submits the sweep to a cluster, and waits for nothing.</summary>
    /// <exception cref="DiagnosticException">It cannot start, or does not run on a cluster; nothing ran.</exception>
    public async Task<SubmittedSweep> SubmitAsync(CancellationToken cancellationToken)
    {
        var (folder, isOnCluster) = Place();
        var (ready, cluster) = await ReadyAsync(folder, isOnCluster, cancellationToken).ConfigureAwait(false);
        if (cluster is null)
            throw new DiagnosticException(DefinitionDiagnostics.Usage.Error("only a sweep on Slurm can be left alone: --executor slurm, or the key executor of the definition"));
        return await ClusterLoop.SubmitAsync(Request(ready) with { Cluster = cluster }, cluster, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The sweep to continue, or null, and whether trials run on a cluster.</summary>
    private (SweepFolder? Folder, bool IsOnCluster) Place()
    {
        var resumeId = options.SweepId != RunOptions.Latest ? options.SweepId
            : options.RepeatFailed ? LatestSweep.Any(options.Root, definition, null).SweepId : LatestSweep.Unfinished(options.Root, definition);
        var folder = resumeId is null ? null : SweepFolder.Of(options.Root, definition.Name, resumeId);
        var isOnCluster = ClusterChoice.IsMade(definition, options, folder);
        if (isOnCluster && (options.Until is not null || options.RepeatFailed))
            throw new DiagnosticException(DefinitionDiagnostics.Usage.Error(options.RepeatFailed
                ? "failed trials are repeated on this machine only: begin a new sweep on Slurm, or give --executor local"
                : "on Slurm executor.slurm.time bounds the jobs, not --max-time"));
        return (folder, isOnCluster);
    }

    /// <summary>Makes ready what the sweep needs here.</summary>
    private async Task<(SweepPreparation Ready, ClusterRun? Cluster)> ReadyAsync(SweepFolder? folder, bool isOnCluster, CancellationToken cancellationToken)
    {
        var ready = await SweepPreparation.MakeAsync(definition, options, folder, isOnCluster, cancellationToken).ConfigureAwait(false);
        return (ready, !isOnCluster ? null : new ClusterRun
        {
            Runner = RunnerCommand.Words(),
            LeavesJobs = options.LeavesJobs,
            Notes = options.Notes,
            CompareAsync = (machine, token) => Comparison.ReadAsync(definition, options, machine, ready.StartedAt, token),
        });
    }

    private SweepRequest Request(SweepPreparation ready) => new()
    {
        Definition = definition,
        Plan = ready.Plan,
        Root = options.Root,
        DatasetFolders = ready.Datasets,
        Trainers = ready.Trainers,
        Baseline = ready.Comparison.Baseline,
        Past = ready.Comparison.Past,
        ResumeId = ready.ResumeId,
        RunForeseen = options.RunForeseen,
        AllowChangedCode = options.AllowChangedCode,
        RepeatFailed = options.RepeatFailed,
        Until = options.Until,
        Note = options.Notes.WriteLine,
        Force = options.Force,
        PassesStandardInput = options.PassesStandardInput,
    };
}
