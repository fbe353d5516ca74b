using Experiments.Core.Events;
using Experiments.Core.Pairs;
using Experiments.Core.Plans;

namespace Experiments.Core.Results;

/// <summary>Follows a sweep: console, MLflow. An observer's exception is caught, listed in the result and never fails the sweep.</summary>
public interface ISweepObserver
{
    /// <summary>The name used where a failure of the observer is reported.</summary>
    string Name { get; }

    /// <summary>The sweep starts or is resumed.</summary>
    /// <param name="sweep">What is known at the start.</param>
    /// <param name="cancellationToken">Cancels the call, not the sweep.</param>
    ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken);

    /// <summary>A trial's process starts.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken);

    /// <summary>Events that a running trial reported since the last call; at most once a second.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="events">The new events, in order.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken);

    /// <summary>A trial ended and is journalled.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken);

    /// <summary>A pair of old and new code is settled.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask PairFinishedAsync(PairComparison pair, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>The sweep is over and judged.</summary>
    /// <param name="report">Measurements and judgement.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken);
}
