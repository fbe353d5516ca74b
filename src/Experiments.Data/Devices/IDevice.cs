using static TorchSharp.torch;

namespace Experiments.Data.Devices;

/// <summary>
/// What batches need of a GPU: page-locked memory, memory of its own, a stream for copies beside the one that computes, and events
/// by which the two streams wait for each other without the processor waiting for either.
/// </summary>
internal interface IDevice
{
    /// <summary>Whether host memory that it allocates is page-locked.</summary>
    bool Pins { get; }

    /// <summary>Whether batches are copied to it; otherwise it only page-locks.</summary>
    bool Copies { get; }

    Tensor AllocateHost(long elements, ScalarType type);

    Tensor AllocateDevice(long elements, ScalarType type);

    nint AddressOf(Tensor deviceTensor);

    nint CreateEvent();

    void DestroyEvent(nint mark);

    /// <summary>Queues a copy on the copying stream.</summary>
    void Copy(nint device, nint host, long bytes);

    /// <summary>Marks what has been queued for copying so far.</summary>
    void MarkCopies(nint mark);

    /// <summary>Marks what has been queued for computing so far.</summary>
    void MarkComputation(nint mark);

    /// <summary>Computations queued from now on wait for the mark.</summary>
    void ComputationWaits(nint mark);

    /// <summary>Copies queued from now on wait for the mark.</summary>
    void CopiesWait(nint mark);

    /// <summary>The calling thread waits for the mark.</summary>
    void Wait(nint mark);

    /// <summary>The calling thread waits for all copies.</summary>
    void Drain();
}
