using Experiments.Data.Collation;
using Experiments.Data.Devices;

namespace Experiments.Data.Pooling;

/// <summary>Buffers of one loader: made when first needed, up to a bound, and used again in the order last in, first out (the caches are warm).</summary>
internal sealed class BufferPool(BatchLayout layout, LoaderOptions options, IDevice? device) : IDisposable
{
    private readonly object _gate = new();
    private readonly Stack<PooledBuffer> _free = new();
    private int _made;
    private bool _disposed;

    /// <summary>Most buffers that there may be at a time.</summary>
    public int Capacity => Ahead + options.MaxBatchesHeld;

    /// <summary>Batches that are made ahead of the consumer.</summary>
    public int Ahead { get; } = options.BatchesAhead(layout.MaxBatchBytes(options.BatchSize));

    /// <summary>Buffers that exist, free or in use.</summary>
    public int Made => Volatile.Read(ref _made);

    /// <summary>Whether every buffer that there may be is in use.</summary>
    public bool IsExhausted
    {
        get
        {
            lock (_gate)
            {
                return _free.Count == 0 && _made == Capacity;
            }
        }
    }

    /// <summary>Buffers lost with batches that were never disposed.</summary>
    public int Lost { get; private set; }

    /// <summary>Buffers whose padding the consumer had written to.</summary>
    public int Rewritten { get; private set; }

    /// <summary>Called after a buffer has come back.</summary>
    public Action? Returned { get; set; }

    /// <summary>A buffer; null where all are in use and the bound is reached.</summary>
    public PooledBuffer? TryRent()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(BufferPool));
            if (_free.TryPop(out var buffer))
            {
                return buffer;
            }

            if (_made == Capacity)
            {
                return null;
            }

            _made++;
        }

        try
        {
            return new PooledBuffer(layout, options, device);
        }
        catch
        {
            lock (_gate)
            {
                _made--;
            }

            throw;
        }
    }

    /// <summary>Gives a buffer back after its batch of some rows.</summary>
    public void Return(PooledBuffer buffer, int rows)
    {
        var intact = !options.WritableBatches && buffer.PaddingIsIntact(rows);
        if (!intact)
        {
            buffer.ForgetPadding();
        }

        lock (_gate)
        {
            Rewritten += intact || options.WritableBatches ? 0 : 1;
            if (_disposed)
            {
                _made--;
                buffer.Dispose();
                return;
            }

            _free.Push(buffer);
        }

        Returned?.Invoke();
    }

    /// <summary>Counts a buffer as lost: tensors over its memory may still be in use, so it is never used again.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            Lost++;
            _made--;
        }

        Returned?.Invoke();
    }

    /// <summary>Frees what is free; what is in use is freed when it comes back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _made -= _free.Count;
            while (_free.TryPop(out var buffer))
            {
                buffer.Dispose();
            }
        }
    }
}
