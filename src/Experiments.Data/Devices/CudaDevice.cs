using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Experiments.Data.Devices;

/// <summary>
/// A CUDA device by the driver's own interface, for TorchSharp has neither streams nor events. TorchSharp computes on the default stream,
/// so that is the one that waits. It lives as long as the process, for batches may outlive their loader. (Written after the driver's documentation; the logic above it is tested with a fake.)
/// </summary>
internal sealed partial class CudaDevice : IDevice
{
    private const uint NonBlocking = 1;
    private const uint WithoutTiming = 2;
    private const nint DefaultStream = 0;

    private readonly Device? _device;
    private readonly nint _context;
    private readonly nint _stream;

    /// <param name="device">Where batches go; null where memory is only page-locked.</param>
    /// <param name="pins">Whether host memory is page-locked.</param>
    public CudaDevice(Device? device, bool pins)
    {
        (_device, Pins) = (device, pins);
        if (device is null)
        {
            return;
        }

        empty(1, device: device).Dispose(); // torch makes the device's primary context, which is then the one to work in
        Check(cuInit(0));
        Check(cuDeviceGet(out var ordinal, Math.Max(device.index, 0)));
        Check(cuDevicePrimaryCtxRetain(out _context, ordinal));
        Enter();
        Check(cuStreamCreate(out _stream, NonBlocking));
    }

    public bool Pins { get; }

    public bool Copies => _device is not null;

    public Tensor AllocateHost(long elements, ScalarType type)
    {
        var tensor = empty(elements, dtype: type, device: CPU);
        if (!Pins)
        {
            return tensor.DetachFromDisposeScope();
        }

        using (tensor)
        {
            return tensor.pin_memory().DetachFromDisposeScope();
        }
    }

    public Tensor AllocateDevice(long elements, ScalarType type) => empty(elements, dtype: type, device: _device).DetachFromDisposeScope();

    public nint AddressOf(Tensor deviceTensor) => Address(deviceTensor);

    internal static nint Address(Tensor tensor) => THSTensor_data(tensor.Handle);

    public nint CreateEvent()
    {
        Enter();
        Check(cuEventCreate(out var mark, WithoutTiming));
        return mark;
    }

    public void DestroyEvent(nint mark)
    {
        Enter();
        Check(cuEventDestroy_v2(mark));
    }

    public void Copy(nint device, nint host, long bytes)
    {
        Enter();
        Check(cuMemcpyHtoDAsync_v2(device, host, (nuint)bytes, _stream));
    }

    public void MarkCopies(nint mark) => Record(mark, _stream);

    public void MarkComputation(nint mark) => Record(mark, DefaultStream);

    public void ComputationWaits(nint mark) => Await(DefaultStream, mark);

    public void CopiesWait(nint mark) => Await(_stream, mark);

    public void Wait(nint mark)
    {
        Enter();
        Check(cuEventSynchronize(mark));
    }

    public void Drain()
    {
        Enter();
        Check(cuStreamSynchronize(_stream));
        Check(cuStreamSynchronize(DefaultStream));
    }

    private void Record(nint mark, nint stream)
    {
        Enter();
        Check(cuEventRecord(mark, stream));
    }

    private void Await(nint stream, nint mark)
    {
        Enter();
        Check(cuStreamWaitEvent(stream, mark, 0));
    }

    // A context is a thread's own, and batches are made by several threads.
    private void Enter() => Check(cuCtxSetCurrent(_context));

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"The CUDA driver failed with error {result} (CUresult).");
        }
    }

    [LibraryImport("LibTorchSharp")]
    private static partial nint THSTensor_data(nint tensor);

    [LibraryImport("cuda")]
    private static partial int cuInit(uint flags);

    [LibraryImport("cuda")]
    private static partial int cuDeviceGet(out int device, int ordinal);

    [LibraryImport("cuda")]
    private static partial int cuDevicePrimaryCtxRetain(out nint context, int device);

    [LibraryImport("cuda")]
    private static partial int cuCtxSetCurrent(nint context);

    [LibraryImport("cuda")]
    private static partial int cuStreamCreate(out nint stream, uint flags);

    [LibraryImport("cuda")]
    private static partial int cuStreamSynchronize(nint stream);

    [LibraryImport("cuda")]
    private static partial int cuStreamWaitEvent(nint stream, nint mark, uint flags);

    [LibraryImport("cuda")]
    private static partial int cuEventCreate(out nint mark, uint flags);

    [LibraryImport("cuda")]
    private static partial int cuEventDestroy_v2(nint mark);

    [LibraryImport("cuda")]
    private static partial int cuEventRecord(nint mark, nint stream);

    [LibraryImport("cuda")]
    private static partial int cuEventSynchronize(nint mark);

    [LibraryImport("cuda")]
    private static partial int cuMemcpyHtoDAsync_v2(nint device, nint host, nuint bytes, nint stream);
}
