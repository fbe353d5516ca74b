using Experiments.Data.Pooling;
using Experiments.Data.Scheduling;
using Experiments.Data.Statistics;
using static TorchSharp.torch;

namespace Experiments.Data;

/// <summary>
/// The tensors of some samples, in memory that the loader uses again: dispose the batch after use. Its tensors, and views of them,
/// live as long as the batch; what is computed from them is the consumer's.
/// </summary>
public sealed class Batch : IDisposable
{
    private readonly BatchJob _job;
    private readonly BufferPool _pool;
    private readonly Tensor?[] _tensors;
    private int _disposed;

    internal Batch(BatchJob job, BufferPool pool, BatchStatistics statistics)
    {
        _job = job;
        _pool = pool;
        _tensors = new Tensor?[job.Layout.Fields.Length];
        Statistics = statistics;
    }

    /// <summary>A batch that nobody disposed: its memory may still be seen through tensors, so it is counted as lost and never used again.</summary>
    ~Batch()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _pool.Abandon();
        }
    }

    /// <summary>Number of the batch in its epoch, from 0.</summary>
    public int Number => _job.Number;

    /// <summary>Number of the epoch, from 0.</summary>
    public int Epoch => _job.Epoch;

    /// <summary>Samples in the batch.</summary>
    public int Count => _job.Rows;

    /// <summary>Indexes of the samples in the source, in the order of the rows.</summary>
    public IReadOnlyList<int> Indices => _job.Samples;

    /// <summary>Names of the tensors: the source's fields, then lengths and masks.</summary>
    public IEnumerable<string> Names => _job.Layout.Fields.Select(each => each.Name);

    /// <summary>What this batch cost.</summary>
    public BatchStatistics Statistics { get; }

    /// <summary>A tensor of the batch; its first dimension is <see cref="Count"/>. It belongs to the batch and is disposed with it.</summary>
    /// <exception cref="KeyNotFoundException">The batch has no such tensor.</exception>
    /// <exception cref="ObjectDisposedException">The batch was disposed.</exception>
    public Tensor this[string name]
    {
        get
        {
            if (!_job.Layout.Index.TryGetValue(name, out var index))
            {
                throw new KeyNotFoundException($"The batch has no tensor '{name}'; it has {string.Join(", ", Names)}.");
            }

            return Get(index);
        }
    }

    /// <summary>Frames of each sample of a ragged field: int64, one a sample.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field, or it is not ragged.</exception>
    public Tensor Lengths(string name) => this[name + "_lengths"];

    /// <summary>Which frames of a ragged field are real: bool, samples × frames.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field, or it has no mask.</exception>
    public Tensor Mask(string name) => this[name + "_mask"];

    /// <summary>Gives the batch's memory back to the loader. Its tensors can no longer be used.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        GC.SuppressFinalize(this);
        lock (_tensors)
        {
            foreach (var tensor in _tensors)
            {
                tensor?.Dispose();
            }
        }

        _job.Buffer.Device?.Release();
        _pool.Return(_job.Buffer, _job.Rows);
    }

    private Tensor Get(int field)
    {
        lock (_tensors)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return _tensors[field] ??= _job.Buffer.View(field, _job.Rows);
        }
    }
}
