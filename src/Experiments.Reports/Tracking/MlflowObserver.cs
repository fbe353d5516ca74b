using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Mlflow;

namespace Experiments.Reports.Tracking;

/// <summary>
/// Records a sweep in MLflow while it runs: a parent run, and a nested run for each trial. It never waits for the store before the sweep's
/// end: what the store does not take is kept in the sweep's folder and sent when it is there again, by this process,
/// by a resumed sweep or by <see cref="MlflowPublisher"/>.
/// </summary>
public sealed class MlflowObserver : ISweepObserver, IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly IMlflowStore store;
    private readonly MlflowObserverOptions options;
    private readonly CancellationTokenSource closing = new();
    private SweepStart? started;
    private volatile SweepRuns? runs;
    private TimeSpan patience;
    private bool isWaitedFor;
    private bool isToldBarred;

    /// <summary>Records into a store.</summary>
    /// <param name="store">The store; the caller disposes it after the observer.</param>
    /// <param name="options">What runs say beyond the sweep itself; null: the defaults.</param>
    public MlflowObserver(IMlflowStore store, MlflowObserverOptions? options = null) 
    {
        (this.store, this.options) = (store, options ?? new MlflowObserverOptions());
        patience = this.options.HandOverTimeout;
    }

    /// <inheritdoc />
    public string Name => ObserverName;

    internal const string ObserverName = "MLflow";

    /// <summary>The MLflow experiment by its id, once a run of it is known: see <see cref="FindRunIdAsync"/>.</summary>
    public string? ExperimentId => runs?.Outbox.ExperimentId;

    /// <summary>How it went; null before the sweep has ended.</summary>
    public RecordingOutcome? Outcome { get; private set; }

    /// <inheritdoc />
    public async ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken)
    {
        try
        {
            runs = new SweepRuns(store, sweep, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Outcome = Recording.Impossible(store.TrackingUri, sweep, e);
            return;
        }

        started = sweep;
        await runs.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken)
    {
        TellBarred();
        runs?.StartTrial(trial, options.TimeProvider.GetUtcNow());
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// The id of the run of a trial that starts, for what it logs itself. Does not wait for a store that is away, and less each time for one that does not
    /// answer: half as long as before, so that a whole sweep waits for twice the first time at most.
    /// </summary>
    /// <param name="trial">The trial, of which the sweep has told or will at once.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The id, or null.</returns>
    public async Task<string?> FindRunIdAsync(PlannedTrial trial, CancellationToken cancellationToken = default)
    {
        var begin = options.TimeProvider.GetTimestamp();
        while (Outcome is null && !cancellationToken.IsCancellationRequested && options.TimeProvider.GetElapsedTime(begin) < patience)
        {
            if (runs?.FindStartedRunId(trial.Id) is { } id)
            {
                patience = options.HandOverTimeout;
                return id;
            }

            if (runs?.Outbox.Status.LastError is not null)
                return null;
            if (runs is null || await runs.Outbox.FlushAsync(Look, CancellationToken.None))
                await Task.Delay(Look, options.TimeProvider, CancellationToken.None);
        }

        patience /= 2;
        return null;
    }

    /// <inheritdoc />
    public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken)
    {
        TellBarred();
        runs?.Log(trial.Id, events);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public async ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken)
    {
        if (runs is not null)
            await runs.FinishTrialAsync(result, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken)
    {
        if (runs is null)
            return;
        await runs.FinishAsync(report, cancellationToken);
        isWaitedFor = true;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        await Recording.WaitAsync(runs, store.TrackingUri, options, either.Token);
        Outcome = Recording.Outcome(runs, store.TrackingUri, started!, report);
    }

    /// <summary>Credentials that are refused are mended best while the sweep runs.</summary>
    private void TellBarred()
    {
        if (isToldBarred || runs?.Outbox.Status is not { BarredBy: not null } status)
            return;
        isToldBarred = true;
        options.OnWaiting?.Invoke(Recording.Barred(status, store.TrackingUri, started!).ToString());
    }

    /// <summary>Ends the recording, also of a sweep that did not come to its end. What is not sent stays in the sweep's folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        if (runs is { } open)
        {
            if (!isWaitedFor)
                await open.Outbox.FlushAsync(options.CloseTimeout);
            await open.DisposeAsync();
        }

        closing.Dispose();
    }
}
