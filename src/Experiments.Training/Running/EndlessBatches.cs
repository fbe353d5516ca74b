using Experiments.Data;

namespace Experiments.Training.Running;

/// <summary>The batches of a loader, epoch after epoch.</summary>
internal sealed class EndlessBatches(BatchLoader<Batch> loader) : IDisposable
{
    private IEnumerator<Batch>? epoch;

    /// <summary>The next batch, waiting for it; a new epoch begins where one ends.</summary>
    /// <exception cref="InvalidOperationException">An epoch has no batch.</exception>
    public Batch Next()
    {
        if (epoch is not null && epoch.MoveNext())
            return epoch.Current;
        epoch?.Dispose();
        epoch = loader.GetEnumerator();
        return epoch.MoveNext() ? epoch.Current : throw new InvalidOperationException("The training split is empty.");
    }

    public void Dispose() => epoch?.Dispose();
}
