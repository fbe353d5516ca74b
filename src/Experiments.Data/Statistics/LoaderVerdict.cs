namespace Experiments.Data.Statistics;

/// <summary>Who waits for whom.</summary>
public enum LoaderVerdict
{
    /// <summary>Too few batches to tell.</summary>
    Unknown,

    /// <summary>The consumer waits for batches: a faster loader would raise throughput.</summary>
    LoaderBound,

    /// <summary>Batches wait for the consumer: a faster loader would change nothing.</summary>
    ComputeBound,
}
