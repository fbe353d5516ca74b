using System.Diagnostics;
using Experiments.Data.Pooling;
using Experiments.Data.Statistics;

namespace Experiments.Data.Scheduling;

/// <summary>The consumer's end of a run: takes batches in order, waits for them, and measures the wait.</summary>
internal sealed class BatchReader(EpochRun run, int firstBatch, BufferPool pool, LoaderOptions options, EpochMeter meter)
{
    private int _next = firstBatch;

    /// <summary>Number of the batch that comes next.</summary>
    public int Next => _next;

    public bool AtEnd => _next >= run.Plan.BatchCount;

    /// <summary>The next batch; null at the end of the epoch.</summary>
    public Batch? Read(CancellationToken cancellationToken)
    {
        var wait = new ReaderWait(run, options, _next);
        while (!AtEnd)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(wait, out var depth) is { } job)
            {
                return Give(job, wait.Ticks, depth);
            }

            wait.Ended(run.Ready.Wait(wait.Limit(), cancellationToken));
        }

        return null;
    }

    /// <inheritdoc cref="Read"/>
    public async ValueTask<Batch?> ReadAsync(CancellationToken cancellationToken)
    {
        var wait = new ReaderWait(run, options, _next);
        while (!AtEnd)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(wait, out var depth) is { } job)
            {
                return Give(job, wait.Ticks, depth);
            }

            wait.Ended(await run.Ready.WaitAsync(wait.Limit(), cancellationToken).ConfigureAwait(false));
        }

        return null;
    }

    private BatchJob? TryTake(ReaderWait wait, out int depth)
    {
        if (options.NumWorkers > 0)
        {
            return run.TryTake(out depth);
        }

        depth = 0;
        return run.MakeNext();
    }

    private Batch Give(BatchJob job, long waitTicks, int depth)
    {
        _next++;
        if (job.Error is { } error)
        {
            pool.Return(job.Buffer, job.Rows);
            throw error;
        }

        var copy = Stopwatch.GetTimestamp();
        job.Buffer.Device?.Give();
        var statistics = new BatchStatistics
        {
            Wait = Stopwatch.GetElapsedTime(0, waitTicks),
            Assembly = Stopwatch.GetElapsedTime(0, job.AssemblyTicks),
            Copy = job.Buffer.Device is null ? TimeSpan.Zero : Stopwatch.GetElapsedTime(copy),
            QueueDepth = depth,
            Bytes = job.Bytes,
        };
        meter.Add(statistics, job.Rows);
        return new Batch(job, pool, statistics);
    }
}
