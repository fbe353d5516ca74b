namespace Experiments.Data.Statistics;

/// <summary>What one batch cost.</summary>
public sealed record BatchStatistics
{
    /// <summary>How long the consumer waited for the batch. With 0 workers that is the whole assembly.</summary>
    public required TimeSpan Wait { get; init; }

    /// <summary>Time spent on writing the batch, added up over the threads that shared in it.</summary>
    public required TimeSpan Assembly { get; init; }

    /// <summary>Time the consumer's thread spent on passing the batch to its device; zero on the CPU.</summary>
    public required TimeSpan Copy { get; init; }

    /// <summary>Batches that lay ready when the consumer asked, this one included.</summary>
    public required int QueueDepth { get; init; }

    /// <summary>Bytes of the batch's tensors.</summary>
    public required long Bytes { get; init; }
}
