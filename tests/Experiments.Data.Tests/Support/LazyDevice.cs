using Experiments.Data.Devices;
using Experiments.Data.Pooling;
using static TorchSharp.torch;

namespace Experiments.Data.Tests.Support;

/// <summary>
/// A device that is as late as it may be: a copy happens only when something waits for it, and a computation reads its batch only when
/// something waits for that. Whoever writes memory too early is seen in the values.
/// </summary>
internal sealed unsafe class LazyDevice : IDevice
{
    private readonly List<(nint Device, nint Host, long Bytes, bool IsMark, nint Mark)> _copies = [];
    private readonly HashSet<nint> _waitedComputations = [];
    private readonly HashSet<nint> _markedComputations = [];
    private nint _events;

    public bool Pins => true;

    public bool Copies => true;

    public int LiveEvents { get; private set; }

    public Tensor AllocateHost(long elements, ScalarType type) => TensorMemory.Allocate(elements, type);

    public Tensor AllocateDevice(long elements, ScalarType type) => TensorMemory.Allocate(elements, type);

    public nint AddressOf(Tensor deviceTensor) => (nint)TensorMemory.Address(deviceTensor);

    public nint CreateEvent()
    {
        lock (_copies)
        {
            LiveEvents++;
            return ++_events;
        }
    }

    public void DestroyEvent(nint mark)
    {
        lock (_copies)
        {
            LiveEvents--;
        }
    }

    public void Copy(nint device, nint host, long bytes) => Locked(() => _copies.Add((device, host, bytes, false, 0)));

    public void MarkCopies(nint mark) => Locked(() => _copies.Add((0, 0, 0, true, mark)));

    public void MarkComputation(nint mark) => Locked(() => _markedComputations.Add(mark));

    public void ComputationWaits(nint mark) => Locked(() => RunUntil(mark));

    public void CopiesWait(nint mark) => Locked(() => Waits(mark));

    public void Wait(nint mark) => Locked(() => RunUntil(mark));

    public void Drain() => Locked(() => RunUntil(-1));

    public bool WaitedFor(nint computation) => _waitedComputations.Contains(computation);

    private void Waits(nint mark)
    {
        Assert.Contains(mark, _markedComputations);
        _waitedComputations.Add(mark);
    }

    // A stream is in order: everything queued before the mark happens.
    private void RunUntil(nint mark)
    {
        var end = mark < 0 ? _copies.Count : _copies.FindIndex(each => each.IsMark && each.Mark == mark) + 1;
        foreach (var (device, host, bytes, isMark, _) in _copies.Take(end))
        {
            if (!isMark)
            {
                Buffer.MemoryCopy((void*)host, (void*)device, bytes, bytes);
            }
        }

        _copies.RemoveRange(0, end);
    }

    private void Locked(Action action)
    {
        lock (_copies)
        {
            action();
        }
    }
}
