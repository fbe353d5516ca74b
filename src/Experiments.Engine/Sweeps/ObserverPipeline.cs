using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Pairs;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Engine.Sweeps;

/// <summary>
/// Carries what happens to the observers. Each has a lane of its own: it never delays a trial or another observer,
/// and what it throws or how long it hangs is listed in <see cref="Failures"/>, not felt.
/// </summary>
public sealed class ObserverPipeline : IAsyncDisposable
{
    private readonly List<ObserverLane> _lanes;
    private readonly Dictionary<(string Observer, string Message), int> _failures = [];
    private readonly Lock _gate = new();

    /// <summary>A pipeline to some observers.</summary>
    /// <param name="observers">The observers; none is fine.</param>
    /// <param name="options">How long they may take; null for the defaults.</param>
    public ObserverPipeline(IEnumerable<ISweepObserver> observers, ObserverPipelineOptions? options = null)
    {
        _lanes = [.. observers.Select(observer =>
            new ObserverLane(observer, options ?? new ObserverPipelineOptions(), message => Fail(observer.Name, message)))];
    }

    /// <summary>What observers could not do so far, each failure once with how often it happened.</summary>
    public IReadOnlyList<Diagnostic> Failures
    {
        get
        {
            lock (_gate)
            {
                return [.. _failures.Select(failure => TrackingDiagnostics.ObserverFailed.Warning(
                    $"{failure.Key.Observer}: {failure.Key.Message}{(failure.Value > 1 ? $" ({failure.Value} times)" : "")}"))];
            }
        }
    }

    /// <summary>Tells that the sweep is over and judged, and waits until all observers are done or given up.</summary>
    /// <param name="report">Measurements and judgement.</param>
    /// <param name="cancellationToken">Ends the waiting, not what is under way.</param>
    public Task SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken)
    {
        Post((observer, token) => observer.SweepFinishedAsync(report, token));
        return DrainAsync(cancellationToken);
    }

    /// <summary>Waits until the observers have seen all that happened so far, or are given up.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task DrainAsync(CancellationToken cancellationToken) => Task.WhenAll(_lanes.Select(lane => lane.DrainAsync(cancellationToken)));

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
            lane.Close();
        return ValueTask.CompletedTask;
    }

    internal void SweepStarted(SweepStart sweep) => Post((observer, token) => observer.SweepStartedAsync(sweep, token));

    internal void TrialStarted(PlannedTrial trial) => Post((observer, token) => observer.TrialStartedAsync(trial, token));

    internal void TrialProgress(PlannedTrial trial, IReadOnlyList<TrialEvent> events) =>
        Post((observer, token) => observer.TrialProgressAsync(trial, events, token), mayDrop: true);

    internal void TrialFinished(TrialResult result) => Post((observer, token) => observer.TrialFinishedAsync(result, token));

    internal void PairFinished(PairComparison pair) => Post((observer, token) => observer.PairFinishedAsync(pair, token));

    private void Post(Func<ISweepObserver, CancellationToken, ValueTask> call, bool mayDrop = false)
    {
        foreach (var lane in _lanes)
            lane.Post(call, mayDrop);
    }

    /// <summary>Lists what somebody who serves the sweep beside the observers could not do.</summary>
    /// <param name="observer">Who.</param>
    /// <param name="message">What.</param>
    internal void Fail(string observer, string message)
    {
        lock (_gate)
            _failures[(observer, message)] = _failures.GetValueOrDefault((observer, message)) + 1;
    }
}
