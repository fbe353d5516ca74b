using Experiments.Data.Collation;

namespace Experiments.Data;

/// <summary>
/// Memory that a loader takes beyond its source, from its options alone: buffers are made when they are needed, and never more than these.
/// </summary>
/// <remarks>
/// <c>Expected = (ahead + 1) × batch + overhead</c>, <c>Most = (ahead + MaxBatchesHeld) × batch + overhead</c>, where <c>ahead</c> is
/// <see cref="LoaderOptions.PrefetchFactor"/> with workers (of small batches, as many as fit 2 MiB, at most 16) and 0 without, and <c>overhead</c> = 256 KiB + 512 KiB a worker.
/// The number of workers does not multiply batches.
/// </remarks>
public sealed record MemoryBound
{
    private const long BaseBytes = 256 << 10;
    private const long WorkerBytes = 512 << 10;

    private MemoryBound()
    {
    }

    /// <summary>Bytes of one batch, ragged fields at their maximum; padding to the longest of the batch takes less.</summary>
    public required long BatchBytes { get; init; }

    /// <summary>Bytes taken while the consumer disposes each batch before it asks for the next.</summary>
    public required long ExpectedBytes { get; init; }

    /// <summary>Bytes that are never exceeded, however many batches the consumer holds.</summary>
    public required long MostBytes { get; init; }

    /// <summary>The bound for a source's fields.</summary>
    public static MemoryBound Of(IReadOnlyList<FieldSpec> fields, LoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var batch = new BatchLayout(fields).MaxBatchBytes(options.BatchSize);
        var ahead = options.BatchesAhead(batch);
        var overhead = BaseBytes + (options.NumWorkers * WorkerBytes);
        return new MemoryBound
        {
            BatchBytes = batch,
            ExpectedBytes = ((ahead + 1) * batch) + overhead,
            MostBytes = ((ahead + options.MaxBatchesHeld) * batch) + overhead,
        };
    }
}
