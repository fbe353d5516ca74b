using System.Diagnostics;

namespace Experiments.Data.Scheduling;

/// <summary>
/// Wakes the one who waits, the consumer or a worker. It does not spin as a SemaphoreSlim does: where all cores have workers, a consumer that spins takes the time
/// that the batch it waits for would need.
/// </summary>
internal sealed class ReadySignal
{
    private readonly object _gate = new();
    private TaskCompletionSource<bool>? _waiter;
    private bool _set;

    public void Set()
    {
        lock (_gate)
        {
            _set = true;
            _waiter?.TrySetResult(true);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for the signal and takes it; false where it did not come in time.</summary>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public bool Wait(TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var registration = cancellationToken.UnsafeRegister(static signal => ((ReadySignal)signal!).Poke(), this);
        lock (_gate)
        {
            while (!_set)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var left = limit == Timeout.InfiniteTimeSpan ? limit : limit - Stopwatch.GetElapsedTime(start);
                if (left < TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan || !Monitor.Wait(_gate, left) && !_set)
                {
                    return false;
                }
            }

            _set = false;
            return true;
        }
    }

    /// <inheritdoc cref="Wait"/>
    public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        Task<bool> signal;
        lock (_gate)
        {
            _waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_set)
            {
                _waiter.SetResult(true);
            }

            signal = _waiter.Task;
        }

        try
        {
            await signal.WaitAsync(limit, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Looked at below: it may have come just now.
        }

        lock (_gate)
        {
            _waiter = null;
            return _set && !(_set = false);
        }
    }

    private void Poke()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }
}
