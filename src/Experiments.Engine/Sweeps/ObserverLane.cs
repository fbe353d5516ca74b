using System.Threading.Channels;
using Experiments.Core.Results;

namespace Experiments.Engine.Sweeps;

/// <summary>Calls one observer, one call after the other, away from the sweep's own way.</summary>
internal sealed class ObserverLane
{
    // Not with SingleReader: that channel cannot count, and the count is what keeps a slow observer bounded.
    private readonly Channel<Func<CancellationToken, ValueTask>> _calls = Channel.CreateUnbounded<Func<CancellationToken, ValueTask>>();

    private readonly ISweepObserver _observer;
    private readonly ObserverPipelineOptions _options;
    private readonly Action<string> _fail;
    private readonly Task _loop;
    private int _waiting;
    private int _dropped;
    private volatile bool _givenUp;

    /// <summary>Begins to call.</summary>
    /// <param name="observer">The observer.</param>
    /// <param name="options">How long it may take.</param>
    /// <param name="fail">Takes what went wrong.</param>
    internal ObserverLane(ISweepObserver observer, ObserverPipelineOptions options, Action<string> fail)
    {
        (_observer, _options, _fail) = (observer, options, fail);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Adds a call; never waits.</summary>
    /// <param name="call">The call.</param>
    /// <param name="mayDrop">Whether it may be dropped when the observer is far behind.</param>
    internal void Post(Func<ISweepObserver, CancellationToken, ValueTask> call, bool mayDrop)
    {
        if (_givenUp)
            return;
        if (mayDrop && Volatile.Read(ref _waiting) >= _options.Capacity)
            Interlocked.Increment(ref _dropped);
        else if (_calls.Writer.TryWrite(token => call(_observer, token)))
            Interlocked.Increment(ref _waiting);
    }

    /// <summary>Waits until all calls so far are done, or the observer is given up.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_givenUp || !_calls.Writer.TryWrite(_ => Reach(reached)))
            return;
        Interlocked.Increment(ref _waiting);
        try
        {
            await Task.WhenAny(reached.Task, _loop).WaitAsync(_options.DrainTimeout, _options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            GiveUp($"it was still busy {_options.DrainTimeout.TotalSeconds:0} s after the last trial");
        }
        catch (OperationCanceledException)
        {
            GiveUp("the user did not want to wait for it");
        }

        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            _fail($"it was too slow: {dropped} progress updates were dropped; the trials' results were not");
    }

    /// <summary>No more calls.</summary>
    internal void Close() => _calls.Writer.TryComplete();

    private static ValueTask Reach(TaskCompletionSource reached)
    {
        reached.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync()
    {
        await foreach (var call in _calls.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (_givenUp)
                return;
            Interlocked.Decrement(ref _waiting);
            using var source = new CancellationTokenSource();
            // On a thread of its own: an observer may block instead of being asynchronous.
            var calling = Task.Run(() => call(source.Token).AsTask(), CancellationToken.None);
            try
            {
                await calling.WaitAsync(_options.CallTimeout, _options.Time).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!calling.IsCompleted) // one that it throws itself is a failure like any other
            {
                await source.CancelAsync().ConfigureAwait(false);
                GiveUp($"a call took longer than {_options.CallTimeout.TotalSeconds:0} s");
            }
#pragma warning disable CA1031 // an observer may throw anything, and none of it may end the sweep
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _fail(exception.Message);
            }
        }
    }

    private void GiveUp(string reason)
    {
        _givenUp = true;
        Close();
        _fail(reason + "; it gets no further calls");
    }
}
