using System.Diagnostics;

namespace Experiments.Data.Scheduling;

/// <summary>One wait of the consumer: how long it may still last, and what is wrong when it has lasted too long.</summary>
internal sealed class ReaderWait(EpochRun run, LoaderOptions options, int batch)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private bool _starved;

    public long Ticks => Stopwatch.GetTimestamp() - _start;

    /// <summary>How long to wait now.</summary>
    public TimeSpan Limit()
    {
        if (run.IsStarved() && !_starved)
        {
            // Batches that were forgotten rather than kept come back by their finalizers.
            _starved = true;
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        var limit = _starved ? options.HeldBatchTimeout : options.Timeout == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : options.Timeout;
        if (limit == Timeout.InfiniteTimeSpan)
        {
            return limit;
        }

        var left = limit - Stopwatch.GetElapsedTime(_start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Takes the outcome of a wait.</summary>
    /// <exception cref="LoaderTimeoutException">No batch came in time.</exception>
    /// <exception cref="BatchesHeldException">No batch could be made, for the consumer gave none back.</exception>
    public void Ended(bool signalled)
    {
        if (signalled)
        {
            return;
        }

        if (_starved && run.IsStarved())
        {
            throw new BatchesHeldException(run.MostBatches, options.HeldBatchTimeout);
        }

        if (!_starved)
        {
            throw new LoaderTimeoutException(batch, options.Timeout, run.SamplesInWork());
        }

        _starved = false;
    }
}
