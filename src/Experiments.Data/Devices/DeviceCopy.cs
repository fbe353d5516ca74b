using Experiments.Data.Pooling;
using static TorchSharp.torch;

namespace Experiments.Data.Devices;

/// <summary>
/// A pooled buffer's counterpart on the device. Host memory is not written before the copy out of it has ended; device memory is not
/// copied to before the computations on the batch that it held have ended.
/// </summary>
internal sealed class DeviceCopy : IDisposable
{
    private readonly IDevice _device;
    private readonly FieldBuffer[] _fields;
    private readonly Tensor[] _flats;
    private readonly nint _copied;
    private readonly nint _released;
    private bool _wasCopied;
    private bool _wasReleased;

    public DeviceCopy(IDevice device, FieldBuffer[] fields, int rows)
    {
        (_device, _fields) = (device, fields);
        _flats = Array.ConvertAll(fields, field => device.AllocateDevice(rows * field.Field.MaxFrames * field.Field.FrameElements, field.Field.Type));
        (_copied, _released) = (device.CreateEvent(), device.CreateEvent());
    }

    /// <summary>Waits until the host's memory may be written again.</summary>
    public void WaitForHost()
    {
        if (_wasCopied)
        {
            _device.Wait(_copied);
        }
    }

    /// <summary>Queues the copy of a batch of some rows.</summary>
    public unsafe void Start(int rows)
    {
        if (_wasReleased)
        {
            _device.CopiesWait(_released);
        }

        for (var i = 0; i < _fields.Length; i++)
        {
            _device.Copy(_device.AddressOf(_flats[i]), (nint)_fields[i].Memory, _fields[i].RowBytes * rows);
        }

        _device.MarkCopies(_copied);
        _wasCopied = true;
    }

    /// <summary>The batch is given to the consumer: what it computes waits for the copy.</summary>
    public void Give() => _device.ComputationWaits(_copied);

    /// <summary>The batch is disposed: the next copy waits for what was computed on it.</summary>
    public void Release()
    {
        _device.MarkComputation(_released);
        _wasReleased = true;
    }

    /// <summary>The device's tensor that a view is made of.</summary>
    public Tensor Flat(int field) => _flats[field];

    public void Dispose()
    {
        _device.Drain();
        Array.ForEach(_flats, flat => flat.Dispose());
        _device.DestroyEvent(_copied);
        _device.DestroyEvent(_released);
    }
}
