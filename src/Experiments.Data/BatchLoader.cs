namespace Experiments.Data;

/// <summary>Makes loaders.</summary>
public static class BatchLoader
{
    /// <summary>A loader whose batches are tensors by name.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or the source's fields contradict each other.</exception>
    public static BatchLoader<Batch> Create(ISampleSource source, LoaderOptions options) => new(source, options, batch => batch);

    /// <summary>A loader whose batches are of the caller's own type, which owns the batch it is made from and disposes it.</summary>
    /// <exception cref="ArgumentException">An option is out of range, or the source's fields contradict each other.</exception>
    public static BatchLoader<TBatch> Create<TBatch>(ISampleSource source, LoaderOptions options, Func<Batch, TBatch> convert)
        where TBatch : class, IDisposable => new(source, options, convert);
}
