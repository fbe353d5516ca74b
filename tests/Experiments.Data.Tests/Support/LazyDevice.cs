using Experiments.Data.Devices;
using Experiments.Data.Pooling;
using static TorchSharp.torch;

namespace Experiments.Data.Tests.Support;

/// <summary>
/// A device that is as late as it may be: nothing of its two streams happens before a thread waits for it, and then no more than
/// that wait needs. Whoever writes memory too early is seen in the values that the computations find.
/// </summary>
internal sealed unsafe class LazyDevice : IDevice
{
    private readonly object _gate = new();
    private readonly Queue<Step> _copying = new();
    private readonly Queue<Step> _computing = new();
    private readonly Dictionary<nint, int> _latest = [];
    private readonly HashSet<int> _reached = [];
    private nint _events;
    private int _marks;

    public bool Pins => true;

    public bool Copies => true;

    public int LiveEvents { get; private set; }

    public Tensor AllocateHost(long elements, ScalarType type) => TensorMemory.Allocate(elements, type);

    public Tensor AllocateDevice(long elements, ScalarType type) => TensorMemory.Allocate(elements, type);

    public nint AddressOf(Tensor deviceTensor) => (nint)TensorMemory.Address(deviceTensor);

    public nint CreateEvent()
    {
        lock (_gate)
        {
            LiveEvents++;
            return ++_events;
        }
    }

    public void DestroyEvent(nint mark)
    {
        lock (_gate)
        {
            LiveEvents--;
        }
    }

    public void Copy(nint device, nint host, long bytes) =>
        Add(_copying, new Step(() => Buffer.MemoryCopy((void*)host, (void*)device, bytes, bytes), 0, 0));

    /// <summary>Queues a computation, as the consumer would.</summary>
    public void Compute(Action computation) => Add(_computing, new Step(computation, 0, 0));

    public void MarkCopies(nint mark) => Mark(_copying, mark);

    public void MarkComputation(nint mark) => Mark(_computing, mark);

    public void ComputationWaits(nint mark) => Await(_computing, mark);

    public void CopiesWait(nint mark) => Await(_copying, mark);

    public void Wait(nint mark)
    {
        lock (_gate)
        {
            Reach(_latest[mark]);
        }
    }

    public void Drain()
    {
        lock (_gate)
        {
            while (_computing.Count + _copying.Count > 0)
            {
                Run(_computing.Count > 0 ? _computing : _copying);
            }
        }
    }

    // An event stands for what was marked with it last.
    private void Mark(Queue<Step> stream, nint mark)
    {
        lock (_gate)
        {
            stream.Enqueue(new Step(null, _latest[mark] = ++_marks, 0));
        }
    }

    private void Await(Queue<Step> stream, nint mark)
    {
        lock (_gate)
        {
            stream.Enqueue(new Step(null, 0, _latest[mark]));
        }
    }

    private void Add(Queue<Step> stream, Step step)
    {
        lock (_gate)
        {
            stream.Enqueue(step);
        }
    }

    private void Reach(int mark)
    {
        while (!_reached.Contains(mark))
        {
            Run(_computing.Any(step => step.Marks == mark) ? _computing : _copying);
        }
    }

    private void Run(Queue<Step> stream)
    {
        var step = stream.Peek();
        if (step.Awaits > 0)
        {
            Reach(step.Awaits);
        }

        stream.Dequeue();
        step.Action?.Invoke();
        _reached.Add(step.Marks);
    }

    private sealed record Step(Action? Action, int Marks, int Awaits);
}
