using System.Threading.Channels;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Mlflow;

namespace Experiments.Reports.Tracking;

/// <summary>
/// Records a sweep in MLflow while it runs: a parent run, and a nested run for each trial. Recording happens beside the sweep, in order,
/// and never holds it up; what could not be recorded is said once, at the end, and <see cref="MlflowPublisher"/> makes up for it.
/// </summary>
public sealed class MlflowObserver : ISweepObserver, IAsyncDisposable
{
    /// <summary>After so many failures in a row the store is taken to be away; each has been retried by the store already.</summary>
    private const int GiveUpAfter = 3;

    private readonly IMlflowStore store;
    private readonly MlflowObserverOptions options;
    private readonly Channel<Func<CancellationToken, Task>> work = Channel.CreateUnbounded<Func<CancellationToken, Task>>(new() { SingleReader = true });
    private readonly CancellationTokenSource abandon = new();
    private readonly List<Exception> failures = [];
    private Task recording = Task.CompletedTask;
    private SweepRuns? runs;
    private int failuresInARow;
    private int notRecorded;

    /// <summary>Records into a store.</summary>
    /// <param name="store">The store; the caller disposes it after the observer.</param>
    /// <param name="options">What runs say beyond the sweep itself; null: the defaults.</param>
    public MlflowObserver(IMlflowStore store, MlflowObserverOptions? options = null) => (this.store, this.options) = (store, options ?? new MlflowObserverOptions());

    /// <inheritdoc />
    public string Name => "MLflow";

    /// <inheritdoc />
    public ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken)
    {
        runs = new SweepRuns(store, sweep, options);
        recording = Task.Run(RecordAsync, CancellationToken.None);
        return Enqueue(runs.StartAsync);
    }

    /// <inheritdoc />
    public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken)
    {
        var startedAt = options.TimeProvider.GetUtcNow();
        return Enqueue(token => runs!.StartTrialAsync(trial, startedAt, token));
    }

    /// <inheritdoc />
    public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken) =>
        Enqueue(token => runs!.LogAsync(trial.Id, events, token));

    /// <inheritdoc />
    public ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken) => Enqueue(token => runs!.FinishTrialAsync(result, token));

    /// <inheritdoc />
    /// <exception cref="TrackingException">Something could not be recorded.</exception>
    public async ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken)
    {
        await Enqueue(token => runs!.FinishAsync(report, token));
        await DrainAsync(cancellationToken);
        if (failures.Count > 0)
            throw new TrackingException(store.TrackingUri, report.Sweep.SweepId, notRecorded, failures[0]);
    }

    /// <summary>Ends the recording, also of a sweep that did not come to its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await DrainAsync(CancellationToken.None);
        abandon.Dispose();
    }

    private ValueTask Enqueue(Func<CancellationToken, Task> step)
    {
        work.Writer.TryWrite(step);
        return ValueTask.CompletedTask;
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        work.Writer.TryComplete();
        using var cancelled = cancellationToken.Register(abandon.Cancel);
        var timeout = Task.Delay(options.DrainTimeout, options.TimeProvider, abandon.Token);
        if (await Task.WhenAny(recording, timeout) != recording)
            await abandon.CancelAsync();
        await recording;
    }

    private async Task RecordAsync()
    {
        await foreach (var step in work.Reader.ReadAllAsync())
        {
            if (failuresInARow >= GiveUpAfter || abandon.IsCancellationRequested)
            {
                notRecorded++;
                continue;
            }

            try
            {
                await step(abandon.Token);
                failuresInARow = 0;
            }
            catch (Exception e) // whatever a store or a disk does, the sweep goes on; the first cause is reported
            {
                failures.Add(e);
                failuresInARow++;
                notRecorded++;
            }
        }
    }
}
