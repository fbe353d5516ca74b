using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.Data.Devices;

/// <summary>Decides what a loader's options need of a device.</summary>
internal static class DeviceChoice
{
    private static readonly ConcurrentDictionary<(int Index, bool Copies, bool Pins), Lazy<CudaDevice>> Made = new();

    /// <summary>The device; null where batches stay in ordinary memory.</summary>
    /// <exception cref="NotSupportedException">The device is neither the CPU nor CUDA, or CUDA is asked for where it is not.</exception>
    public static IDevice? Of(LoaderOptions options)
    {
        var onDevice = options.Device is not null && options.Device.type != DeviceType.CPU;
        if (onDevice && options.Device!.type != DeviceType.CUDA)
        {
            throw new NotSupportedException($"Batches can be loaded to the CPU or to CUDA, not to {options.Device}.");
        }

        if (!onDevice && !options.PinMemory)
        {
            return null;
        }

        if (!cuda.is_available())
        {
            return onDevice ? throw new NotSupportedException($"{options.Device} was asked for, and this machine (or this build of TorchSharp) has no CUDA.") : null;
        }

        DriverLibrary.Register();
        var key = (onDevice ? options.Device!.index : -1, onDevice, options.PinMemory);
        return Made.GetOrAdd(key, _ => new Lazy<CudaDevice>(() => new CudaDevice(onDevice ? options.Device : null, options.PinMemory))).Value;
    }
}
