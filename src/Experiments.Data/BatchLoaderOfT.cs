using System.Collections;
using Experiments.Data.Collation;
using Experiments.Data.Devices;
using Experiments.Data.Pooling;
using Experiments.Data.Sampling;
using Experiments.Data.Scheduling;
using Experiments.Data.Statistics;

namespace Experiments.Data;

/// <summary>
/// Batches of a source, filled ahead of the consumer by worker threads into memory that is used again. Each enumeration is the next epoch;
/// one at a time. A loader belongs to one consumer; its batches may be disposed on any thread.
/// </summary>
public sealed class BatchLoader<TBatch> : IEnumerable<TBatch>, IDisposable
    where TBatch : class, IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(900);

    private readonly ISampleSource _source;
    private readonly LoaderOptions _options;
    private readonly Func<Batch, TBatch> _convert;
    private readonly BatchLayout _layout;
    private readonly IDevice? _device;
    private readonly BufferPool _pool;
    private readonly ISampler _sampler;
    private readonly RowPace _pace = new();
    private BatchEnumerator<TBatch>? _active;
    private WorkerTeam? _team;
    private EpochMeter _meter;
    private int _nextEpoch;
    private int _nextBatch;
    private bool _disposed;

    internal BatchLoader(ISampleSource source, LoaderOptions options, Func<Batch, TBatch> convert, IDevice? device = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(convert);
        options.Validate();
        (_source, _options, _convert) = (source, options, convert);
        _layout = new BatchLayout(source.Fields);
        _device = device ?? DeviceChoice.Of(options);
        _pool = new BufferPool(_layout, options, _device);
        _sampler = options.Sampler ?? (options.Shuffle ? new RandomSampler() : new SequentialSampler());
        _meter = new EpochMeter(0, options.NumWorkers, TimeProvider.System);
        MemoryBound = MemoryBound.Of(source.Fields, options);
    }

    /// <summary>Memory that the loader can take, from its options alone.</summary>
    public MemoryBound MemoryBound { get; }

    /// <summary>Batches of an epoch, as long as the sampler gives every epoch as many samples as the first.</summary>
    public int BatchCount => EpochPlan.BatchesOf(_options.Sampler is null ? _source.Count : Order(0).Length, _options);

    /// <summary>What the current epoch has cost so far, or else the last one.</summary>
    public EpochStatistics Statistics => _meter.Snapshot(_options.PinMemory && _device?.Pins == true, _pool.Made, _pool.Lost, _pool.Rewritten);

    /// <summary>Where the loader stands, behind the last batch that was given.</summary>
    public LoaderState State => new()
    {
        Epoch = _active is { } open ? open.Epoch : _nextEpoch,
        BatchesGiven = _active is { } current ? current.Next : _nextBatch,
        Seed = _options.Seed,
        BatchSize = _options.BatchSize,
    };

    /// <summary>The next enumeration goes on where another loader stood.</summary>
    /// <exception cref="ArgumentException">The state is of a loader with another seed or batch size.</exception>
    /// <exception cref="InvalidOperationException">An enumeration is open.</exception>
    public void Resume(LoaderState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentOutOfRangeException.ThrowIfNegative(state.Epoch, nameof(state));
        ArgumentOutOfRangeException.ThrowIfNegative(state.BatchesGiven, nameof(state));
        ThrowIfBusy();
        if (state.Seed != _options.Seed || state.BatchSize != _options.BatchSize)
        {
            throw new ArgumentException($"The state is of seed {state.Seed} and batch size {state.BatchSize}; this loader has {_options.Seed} and {_options.BatchSize}.", nameof(state));
        }

        (_nextEpoch, _nextBatch) = (state.Epoch, state.BatchesGiven);
    }

    /// <summary>Starts the next epoch.</summary>
    /// <exception cref="InvalidOperationException">An enumeration is open.</exception>
    public IEnumerator<TBatch> GetEnumerator() => Begin(CancellationToken.None);

    /// <summary>
    /// The next epoch for <c>await foreach</c>; it starts with the enumeration. (Both interfaces on one type would make every LINQ call ambiguous.)
    /// With 0 workers batches are made on the calling thread all the same.
    /// </summary>
    /// <exception cref="InvalidOperationException">An enumeration is open.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public IAsyncEnumerable<TBatch> ReadAllAsync(CancellationToken cancellationToken = default) => new AsyncEpoch<TBatch>(Begin, cancellationToken);

    /// <summary>The next epoch, until it ends or is cancelled; it starts with the enumeration.</summary>
    /// <exception cref="InvalidOperationException">An enumeration is open.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public IEnumerable<TBatch> ReadAll(CancellationToken cancellationToken)
    {
        using var epoch = Begin(cancellationToken);
        while (epoch.MoveNext())
        {
            yield return epoch.Current;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Stops the workers and frees every buffer that is not held. Batches that are held stay valid until they are disposed.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _active?.Dispose();
        _disposed = true;
        _team?.Dispose();
        _pool.Dispose();
    }

    private BatchEnumerator<TBatch> Begin(CancellationToken cancellationToken)
    {
        ThrowIfBusy();
        var first = _nextBatch;
        var plan = new EpochPlan(Order(_nextEpoch), _nextEpoch, _options);
        _meter = new EpochMeter(_nextEpoch, _options.NumWorkers, TimeProvider.System);
        var run = new EpochRun(plan, first, new BatchFiller(_source, _layout), _layout, (_pool, _options, _pace));
        (_nextEpoch, _nextBatch) = (_nextEpoch + 1, 0);
        if (_options.NumWorkers > 0)
        {
            _team ??= new WorkerTeam(_options.NumWorkers);
            run.Begin(_team);
        }

        var reader = new BatchReader(run, first, _pool, _options, _meter);
        return _active = new BatchEnumerator<TBatch>(reader, plan.Epoch, _convert, () => End(run), cancellationToken);
    }

    private void End(EpochRun run)
    {
        _active = null;
        try
        {
            run.Stop();
        }
        finally
        {
            // Sources may have thrown from their cancellation; the workers are let go all the same.
            LetGo();
            run.Dispose();
        }
    }

    private void LetGo()
    {
        if (_team is not null && (!_team.WaitIdle(StopLimit) || !_options.PersistentWorkers))
        {
            _team.Dispose();
            _team = null;
        }
    }

    private int[] Order(int epoch)
    {
        var order = _sampler.Order(_source.Count, _options.Seed, epoch);
        foreach (var sample in order)
        {
            if ((uint)sample >= (uint)_source.Count)
            {
                throw new InvalidOperationException($"The sampler gave sample {sample}; the source has {_source.Count}.");
            }
        }

        return order;
    }

    private void ThrowIfBusy()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_active is not null)
        {
            throw new InvalidOperationException("An enumeration of this loader is open; dispose it first, or use a second loader.");
        }
    }
}
