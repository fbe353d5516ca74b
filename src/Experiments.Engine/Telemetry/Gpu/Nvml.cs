using System.Runtime.InteropServices;

namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>
/// NVIDIA's management library, bound when it is there: a missing library, function or driver is an answer, never an exception;
/// see https://docs.nvidia.com/deploy/nvml-api/.
/// </summary>
internal sealed unsafe class Nvml : IGpuReader
{
    private const int Success = 0;
    private const int InsufficientSize = 7;
    private const int DriverNotLoaded = 9;
    private const int MostProcesses = 256;
    private const int UuidBytes = 96;
    private const ulong ThrottleReasons = 0x4 | 0x8 | 0x20 | 0x40 | 0x80; // power cap, hardware, heat (two), power brake

    private readonly nint _library;

    private Nvml(nint library)
    {
        _library = library;
        Devices = ReadDevices();
    }

    /// <inheritdoc />
    public string Method => "nvml";

    /// <inheritdoc />
    public IReadOnlyList<GpuDevice> Devices { get; }

    /// <inheritdoc />
    public TimeSpan Interval => TimeSpan.FromMilliseconds(500);

    /// <summary>The library's usual names.</summary>
    internal static IReadOnlyList<string> UsualNames { get; } = OperatingSystem.IsWindows()
        ? ["nvml.dll"]
        : ["libnvidia-ml.so.1", "/usr/lib/wsl/lib/libnvidia-ml.so.1"];

    /// <summary>Opens the library; null with the reason where there is no usable one.</summary>
    /// <param name="names">Names to try.</param>
    /// <param name="reason">Why not; empty when it is open.</param>
    internal static Nvml? TryOpen(IEnumerable<string> names, out string reason)
    {
        foreach (var name in names)
        {
            if (!NativeLibrary.TryLoad(name, out var library))
                continue;
            var initialize = (delegate* unmanaged[Cdecl]<int>)Find(library, "nvmlInit_v2");
            var error = initialize is null ? -1 : initialize();
            if (error == Success)
            {
                reason = "";
                return new Nvml(library);
            }

            NativeLibrary.Free(library);
            reason = error == DriverNotLoaded ? "the NVIDIA driver is not loaded" : $"NVML does not start (error {error})";
            return null;
        }

        reason = "no NVIDIA driver is installed";
        return null;
    }

    /// <summary>Reads a device.</summary>
    /// <param name="device">The device.</param>
    internal GpuReading Read(GpuDevice device)
    {
        NvmlUtilization utilization;
        NvmlMemory memory;
        uint milliwatts, celsius;
        ulong throttle;
        var power = (delegate* unmanaged[Cdecl]<nint, uint*, int>)Find("nvmlDeviceGetPowerUsage");
        var temperature = (delegate* unmanaged[Cdecl]<nint, int, uint*, int>)Find("nvmlDeviceGetTemperature");
        var use = (delegate* unmanaged[Cdecl]<nint, NvmlUtilization*, int>)Find("nvmlDeviceGetUtilizationRates");
        var amount = (delegate* unmanaged[Cdecl]<nint, NvmlMemory*, int>)Find("nvmlDeviceGetMemoryInfo");
        var reasons = (delegate* unmanaged[Cdecl]<nint, ulong*, int>)(Find("nvmlDeviceGetCurrentClocksEventReasons") is var found and not 0
            ? found : Find("nvmlDeviceGetCurrentClocksThrottleReasons"));
        return new GpuReading
        {
            UsedBytes = amount is not null && amount(device.Handle, &memory) == Success ? (long)memory.Used : null,
            Processes = ReadProcesses(device),
            UtilizationPercent = use is not null && use(device.Handle, &utilization) == Success ? (int)utilization.Gpu : null,
            PowerWatts = power is not null && power(device.Handle, &milliwatts) == Success ? milliwatts / 1000.0 : null,
            TemperatureCelsius = temperature is not null && temperature(device.Handle, 0, &celsius) == Success ? (int)celsius : null,
            IsThrottled = reasons is not null && reasons(device.Handle, &throttle) == Success ? (throttle & ThrottleReasons) != 0 : null,
        };
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<int, GpuReading> Read(IReadOnlyList<GpuDevice> devices) => devices.ToDictionary(device => device.Index, Read);

    /// <inheritdoc />
    public void Dispose()
    {
        var shutdown = (delegate* unmanaged[Cdecl]<int>)Find("nvmlShutdown");
        if (shutdown is not null)
            _ = shutdown();
        NativeLibrary.Free(_library);
    }

    private static nint Find(nint library, string name) => NativeLibrary.TryGetExport(library, name, out var address) ? address : 0;

    private nint Find(string name) => Find(_library, name);

    private List<GpuDevice> ReadDevices()
    {
        var count = (delegate* unmanaged[Cdecl]<uint*, int>)Find("nvmlDeviceGetCount_v2");
        var byIndex = (delegate* unmanaged[Cdecl]<uint, nint*, int>)Find("nvmlDeviceGetHandleByIndex_v2");
        var uuid = (delegate* unmanaged[Cdecl]<nint, byte*, uint, int>)Find("nvmlDeviceGetUUID");
        var devices = new List<GpuDevice>();
        uint total;
        if (count is null || byIndex is null || uuid is null || count(&total) != Success)
            return devices;
        var text = stackalloc byte[UuidBytes];
        for (uint index = 0; index < total; index++)
        {
            nint handle;
            if (byIndex(index, &handle) == Success && uuid(handle, text, UuidBytes) == Success)
                devices.Add(new GpuDevice((int)index, Marshal.PtrToStringUTF8((nint)text) ?? "", handle));
        }

        return devices;
    }

    private Dictionary<int, long?> ReadProcesses(GpuDevice device)
    {
        var read = (delegate* unmanaged[Cdecl]<nint, uint*, NvmlProcess*, int>)Find("nvmlDeviceGetComputeRunningProcesses_v3");
        var processes = new Dictionary<int, long?>();
        if (read is null)
            return processes;
        var buffer = stackalloc NvmlProcess[MostProcesses];
        uint count = MostProcesses;
        if (read(device.Handle, &count, buffer) is not (Success or InsufficientSize))
            return processes;
        for (var index = 0; index < Math.Min(count, MostProcesses); index++)
            processes[(int)buffer[index].Id] = buffer[index].UsedBytes == ulong.MaxValue ? null : (long)buffer[index].UsedBytes;
        return processes;
    }
}
