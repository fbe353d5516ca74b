namespace Experiments.Data.Statistics;

/// <summary>What an epoch cost, up to the last batch that was given. Always collected.</summary>
public sealed record EpochStatistics
{
    /// <summary>Number of the epoch, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Batches given.</summary>
    public required int Batches { get; init; }

    /// <summary>Samples given.</summary>
    public required long Samples { get; init; }

    /// <summary>Bytes of the tensors given.</summary>
    public required long Bytes { get; init; }

    /// <summary>From the start of the epoch to the last request's answer.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>From the start of the epoch to its first batch.</summary>
    public required TimeSpan TimeToFirstBatch { get; init; }

    /// <summary>How long the consumer waited for batches, in all.</summary>
    public required TimeSpan Wait { get; init; }

    /// <summary>Half of the batches were waited for no longer than this (to a sixteenth).</summary>
    public required TimeSpan WaitMedian { get; init; }

    /// <summary>95 % of the batches were waited for no longer than this (to a sixteenth).</summary>
    public required TimeSpan WaitP95 { get; init; }

    /// <summary>Time spent on writing batches, added up over threads.</summary>
    public required TimeSpan Assembly { get; init; }

    /// <summary>Time the consumer's thread spent on passing batches to their device.</summary>
    public required TimeSpan Copy { get; init; }

    /// <summary>Batches that lay ready when the consumer asked: the mean.</summary>
    public required double QueueDepth { get; init; }

    /// <summary>Buffers that the pool has made; each is one batch's memory.</summary>
    public required int Buffers { get; init; }

    /// <summary>Batches of this loader that were never disposed, and found by the garbage collector.</summary>
    public required int LeakedBatches { get; init; }

    /// <summary>Batches whose padding the consumer had written to; see <see cref="LoaderOptions.WritableBatches"/>.</summary>
    public required int RewrittenBatches { get; init; }

    /// <summary>Whether buffers are page-locked: asked for, and possible.</summary>
    public required bool PinMemoryEffective { get; init; }

    /// <summary>Who waits for whom: loader-bound where the consumer waits for more than 5 % of the time after the first batch.</summary>
    public required LoaderVerdict Verdict { get; init; }

    /// <summary>
    /// Loader-bound: by how many percent throughput would rise if batches cost nothing.
    /// Compute-bound: by how many percent the consumer may become faster before the loader holds it up.
    /// </summary>
    public required double HeadroomPercent { get; init; }

    /// <summary>Share of the time that the consumer waited, 0 to 1.</summary>
    public double WaitFraction => Elapsed > TimeSpan.Zero ? Wait / Elapsed : 0;

    /// <summary>Samples given, by the time elapsed.</summary>
    public double SamplesPerSecond => Elapsed > TimeSpan.Zero ? Samples / Elapsed.TotalSeconds : 0;
}
