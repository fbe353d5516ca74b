using Experiments.Data.Sampling;
using static TorchSharp.torch;

namespace Experiments.Data;

/// <summary>How batches are made, in the words of PyTorch's <c>DataLoader</c>.</summary>
public sealed record LoaderOptions
{
    private const long SmallBytes = 2 << 20;
    private const int SmallBatches = 16;

    /// <summary>Samples a batch. Default 1.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>
    /// Threads that fill batches ahead of the consumer. 0 (the default) fills each batch on the calling thread and makes no thread.
    /// Order and content of the batches do not depend on it.
    /// </summary>
    public int NumWorkers { get; init; }

    /// <summary>
    /// Batches that are filled ahead of the consumer, in all and not for each worker as in PyTorch: workers fill a batch together.
    /// Of small batches there are more, as many as fit 2 MiB, at most 16. Default 2. Without meaning for <see cref="NumWorkers"/> 0.
    /// </summary>
    public int PrefetchFactor { get; init; } = 2;

    /// <summary>
    /// Page-locked buffers, so that copies to the GPU run beside computation. Without CUDA it changes nothing, and
    /// <see cref="Statistics.EpochStatistics.PinMemoryEffective"/> says so. Default false.
    /// </summary>
    public bool PinMemory { get; init; }

    /// <summary>Keeps the worker threads between epochs. Default false. Buffers are kept in any case.</summary>
    public bool PersistentWorkers { get; init; }

    /// <summary>A new order each epoch, drawn from <see cref="Seed"/> and the number of the epoch. Default false.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Seed of the order and of each sample's own random source. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Leaves out the last batch of an epoch where it is not full. Default false.</summary>
    public bool DropLast { get; init; }

    /// <summary>The order of the samples; null (the default) is by <see cref="Shuffle"/>. Both at once are refused.</summary>
    public ISampler? Sampler { get; init; }

    /// <summary>Where batches are needed; null (the default) is the CPU.</summary>
    public Device? Device { get; init; }

    /// <summary>Longest wait for a batch before a <see cref="LoaderTimeoutException"/> names the samples in work; zero (the default) waits for ever. Needs workers.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>
    /// Batches the consumer may hold undisposed at a time, beyond those ahead; the pool grows up to this bound, then waits. Default 4.
    /// </summary>
    public int MaxBatchesHeld { get; init; } = 4;

    /// <summary>Longest wait for a held batch to be given back, before a <see cref="BatchesHeldException"/>. Default 10 s.</summary>
    public TimeSpan HeldBatchTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether the consumer may write into a batch's tensors. Default false: padding that is known to be zero, and the zeros that long samples end with, are then not
    /// written again, which makes padding several times faster. Tensors computed from a batch are the consumer's in any case.
    /// </summary>
    public bool WritableBatches { get; init; }

    /// <summary>Asks the system for huge pages for large buffers (Linux; a wish, never a need). Default true.</summary>
    public bool HugePages { get; init; } = true;

    /// <summary>
    /// Batches made ahead. Small batches take less time than it takes to wake a thread, so that more of them are worth having:
    /// as many as fit <see cref="SmallBytes"/>.
    /// </summary>
    internal int BatchesAhead(long batchBytes) =>
        NumWorkers == 0 ? 0 : (int)Math.Max(PrefetchFactor, Math.Min(SmallBatches, SmallBytes / Math.Max(batchBytes, 1)));

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(NumWorkers);
        ArgumentOutOfRangeException.ThrowIfLessThan(PrefetchFactor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatchesHeld, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(HeldBatchTimeout, TimeSpan.Zero);
        if (Shuffle && Sampler is not null)
        {
            throw new ArgumentException("Shuffle and Sampler exclude each other: a sampler decides the order by itself.");
        }
    }
}
