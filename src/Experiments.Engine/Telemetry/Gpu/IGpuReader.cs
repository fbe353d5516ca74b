namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>Reads the machine's GPUs: <see cref="Nvml"/>, or <see cref="NvidiaSmi"/> where the library cannot be used.</summary>
internal interface IGpuReader : IDisposable
{
    /// <summary><c>nvml</c> or <c>nvidia-smi</c>.</summary>
    string Method { get; }

    /// <summary>The devices of the machine.</summary>
    IReadOnlyList<GpuDevice> Devices { get; }

    /// <summary>Time between readings that the reader can afford.</summary>
    TimeSpan Interval { get; }

    /// <summary>The devices' state by their numbers, as new as there is without waiting for it; a device that does not answer is left out.</summary>
    /// <param name="devices">The devices to read.</param>
    IReadOnlyDictionary<int, GpuReading> Read(IReadOnlyList<GpuDevice> devices);
}
