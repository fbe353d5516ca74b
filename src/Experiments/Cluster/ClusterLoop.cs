using Experiments.Analysis.Scheduling;
using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Execution;
using Experiments.Engine.Sweeps;
using Experiments.Running;
using Experiments.Slurm;
using Experiments.Slurm.Batches;
using Experiments.Slurm.Cluster;

namespace Experiments.Cluster;

/// <summary>The loop of a sweep on a cluster: has all trials run that are certain, journals each result when it comes, and asks the schedule again when all are there.</summary>
internal sealed class ClusterLoop
{
    private readonly SweepRequest _request;
    private readonly ClusterRun _cluster;
    private readonly OpenedSweep _opened;
    private readonly ObserverPipeline _observers;
    private readonly SlurmExecutor _executor;
    private bool _hasBegun;
    private string _comparedOn;

    private ClusterLoop(SweepRequest request, ClusterRun cluster, OpenedSweep opened, ObserverPipeline observers)
    {
        (_request, _cluster, _opened, _observers) = (request, cluster, opened, observers);
        _comparedOn = opened.Manifest.Machine.Id;
        _executor = new SlurmExecutor(Options(), new SlurmClient());
    }

    /// <summary>Runs or continues a sweep.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cluster">How.</param>
    /// <param name="observers">Who follows.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="DiagnosticException">The sweep cannot start or be resumed, or Slurm takes none of its jobs.</exception>
    public static async Task<SweepReport> RunAsync(SweepRequest request, ClusterRun cluster, ObserverPipeline observers, CancellationToken cancellationToken)
    {
        using var opened = OpenedSweep.Open(request);
        return await new ClusterLoop(request, cluster, opened, observers).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Submits what is certain, and waits for nothing.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cluster">How.</param>
    /// <param name="cancellationToken">Ends the submitting.</param>
    /// <exception cref="DiagnosticException">The sweep cannot start or be resumed, or Slurm takes none of its jobs.</exception>
    public static async Task<SubmittedSweep> SubmitAsync(SweepRequest request, ClusterRun cluster, CancellationToken cancellationToken)
    {
        using var opened = OpenedSweep.Open(request);
        await using var nobody = new ObserverPipeline([]);
        var loop = new ClusterLoop(request, cluster, opened, nobody);
        var (submitted, waiting) = await loop._executor.SubmitAsync(loop.Orders(), cancellationToken).ConfigureAwait(false);
        return new SubmittedSweep(opened.Folder.Path, submitted, waiting);
    }

    private async Task<SweepReport> RunAsync(CancellationToken cancellationToken)
    {
        if (_opened.KnowsMachine)
            Begin();
        Step step;
        while ((step = _opened.Next()) is not Done && !cancellationToken.IsCancellationRequested && !_executor.IsRecalled)
        {
            if (step is SkipTrial skip)
                Add(skip.ResultAt(_request.Time.GetUtcNow()));
            else if (step is ComparePair pair)
                _opened.Add(new PairComparison { Configuration = pair.Trial.Configuration.Name, Verdict = PairVerdict.NotMeasured, Note = "pairs are not measured on Slurm" });
            else
                await RunBlockAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_executor.IsRecalled)
            _cluster.Notes.WriteLine(SlurmDiagnostics.Cancelled.Warning($"the jobs of sweep {_opened.Folder.SweepId} were called back by experiments cancel"));
        _opened.WriteWaiting();
        await _observers.DrainAsync(CancellationToken.None).ConfigureAwait(false);
        var so = _opened.SoFar(_observers.Failures);
        return new SweepReport { Sweep = so.Sweep, Assessment = step is Done done ? done.Assessment : Schedule.Assess(_request.Definition, so) };
    }

    private async Task RunBlockAsync(CancellationToken cancellationToken)
    {
        await foreach (var returned in _executor.RunAsync(Orders(), cancellationToken).ConfigureAwait(false))
        {
            if (returned.Machine is { } machine)
                _opened.RanOn(machine);
            Add(returned.Result);
        }

        if (_opened.Manifest.Machine is { } first && first.Id != _comparedOn && !cancellationToken.IsCancellationRequested)
        {
            var comparison = await _cluster.CompareAsync(first, cancellationToken).ConfigureAwait(false);
            _opened.CompareWith(comparison.Baseline, comparison.Past);
            _comparedOn = first.Id;
        }
    }

    private List<TrialOrder> Orders() => [.. _opened.Block().Select(run => new TrialOrder { Trial = run.Trial, Steps = run.Steps, Forecast = run.Forecast })];

    private void Add(TrialResult result)
    {
        Begin();
        _opened.Add(result);
        _observers.TrialFinished(result);
    }

    /// <summary>Observers are told of the sweep when it is known on what machine it runs, which they record; not before the first trial has started.</summary>
    private void Begin()
    {
        if (_hasBegun)
            return;
        _hasBegun = true;
        _observers.SweepStarted(_opened.Start(_request.Definition));
    }

    private SlurmExecutorOptions Options() => new()
    {
        Definition = _request.Definition,
        Folder = _opened.Folder,
        DatasetFolders = _request.DatasetFolders,
        MemoryLimitBytes = _opened.Manifest.MemoryLimitBytes,
        Seed = _opened.Manifest.Plan.Seed,
        Runner = _cluster.Runner,
        LeavesJobs = _cluster.LeavesJobs,
        Time = _request.Time,
        Progress = _observers.TrialProgress,
        Note = problem => _cluster.Notes.WriteLine(problem),
        Submitted = Tell,
        Started = (trial, machine) =>
        {
            _opened.RanOn(machine);
            Begin();
            _observers.TrialStarted(trial);
        },
    };

    private void Tell(SlurmBatch batch) => _cluster.Notes.WriteLine(
        $"submitted {Quantity.Count(batch.Tasks.Sum(task => task.Orders.Count), "trial")} to Slurm as {Quantity.Count(batch.Tasks.Count, "job")} of the name {batch.JobName}");
}
