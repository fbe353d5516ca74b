namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>Reads the GPUs that one trial sees.</summary>
internal sealed class GpuMonitor
{
    private readonly Nvml _nvml;
    private readonly IReadOnlyList<GpuDevice> _devices;
    private readonly GpuWatch _watch = new();

    /// <summary>Begins; call before the trial starts.</summary>
    /// <param name="nvml">The library.</param>
    /// <param name="visible">The trial's <c>CUDA_VISIBLE_DEVICES</c>, or null.</param>
    internal GpuMonitor(Nvml nvml, string? visible)
    {
        (_nvml, _devices) = (nvml, GpuDevice.Visible(nvml.Devices, visible));
        _watch.Start(Read());
    }

    /// <summary>Takes a sample.</summary>
    /// <param name="tree">The trial's processes.</param>
    internal void Sample(IReadOnlyCollection<int> tree) => _watch.Add(Read(), tree);

    /// <summary>What was seen; null when the trial sees no device.</summary>
    internal GpuOutcome? Outcome() => _devices.Count > 0 ? _watch.Outcome() : null;

    private Dictionary<int, GpuReading> Read() => _devices.ToDictionary(device => device.Index, _nvml.Read);
}
