using System.Collections;

namespace Experiments.Data.Scheduling;

/// <summary>One epoch's batches, for <c>foreach</c> and <c>await foreach</c>.</summary>
internal sealed class BatchEnumerator<TBatch>(BatchReader reader, int epoch, Func<Batch, TBatch> convert, Action end, CancellationToken cancellation)
    : IEnumerator<TBatch>, IAsyncEnumerator<TBatch>
    where TBatch : class, IDisposable
{
    private TBatch? _current;
    private bool _ended;

    public int Epoch => epoch;

    /// <summary>Number of the batch that comes next.</summary>
    public int Next => reader.Next;

    public TBatch Current => _current ?? throw new InvalidOperationException("There is no current batch.");

    object IEnumerator.Current => Current;

    public bool MoveNext() => !_ended && Give(reader.Read(cancellation));

    public async ValueTask<bool> MoveNextAsync() => !_ended && Give(await reader.ReadAsync(cancellation).ConfigureAwait(false));

    public void Reset() => throw new NotSupportedException("Enumerate the loader again for the next epoch.");

    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            _current = null;
            end();
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    // At the end of the epoch the workers are let go at once, not only when the enumerator is disposed.
    private bool Give(Batch? batch)
    {
        if (batch is null)
        {
            Dispose();
            return false;
        }

        try
        {
            _current = convert(batch);
            return true;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }
}
