namespace Experiments.Data;

/// <summary>A sample could not be written. The inner exception is the source's own, with its stack.</summary>
public sealed class LoaderException : Exception
{
    internal LoaderException(int sampleIndex, int worker, int batch, Exception inner)
        : base($"Sample {sampleIndex} (batch {batch}, {Name(worker)}) failed: {inner.Message}", inner)
    {
        SampleIndex = sampleIndex;
        Worker = worker;
        Batch = batch;
    }

    /// <summary>Index of the sample in the source; -1 where the batch failed before a sample was touched.</summary>
    public int SampleIndex { get; }

    /// <summary>Number of the worker thread, from 0; -1 for the consumer's own thread.</summary>
    public int Worker { get; }

    /// <summary>Number of the batch in the epoch, from 0.</summary>
    public int Batch { get; }

    private static string Name(int worker) => worker < 0 ? "the calling thread" : $"worker {worker}";
}
