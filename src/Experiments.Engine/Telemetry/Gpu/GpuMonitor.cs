namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>Reads the GPUs that one trial sees.</summary>
internal sealed class GpuMonitor
{
    private readonly IGpuReader _reader;
    private readonly IReadOnlyList<GpuDevice> _devices;
    private readonly GpuWatch _watch = new();

    /// <summary>Begins; call before the trial starts.</summary>
    /// <param name="reader">Reads the machine's GPUs.</param>
    /// <param name="visible">The trial's <c>CUDA_VISIBLE_DEVICES</c>, or null.</param>
    internal GpuMonitor(IGpuReader reader, string? visible)
    {
        (_reader, _devices) = (reader, GpuDevice.Visible(reader.Devices, visible));
        _watch.Start(_reader.Read(_devices));
    }

    /// <summary>Time between samples.</summary>
    internal TimeSpan Interval => _reader.Interval;

    /// <summary>What the trial's processes held at the last sample, in bytes.</summary>
    internal long HeldBytes => _watch.HeldBytes;

    /// <summary>Takes a sample.</summary>
    /// <param name="tree">The trial's processes.</param>
    internal void Sample(IReadOnlyCollection<int> tree) => _watch.Add(_reader.Read(_devices), tree);

    /// <summary>What was seen; null when the trial sees no device.</summary>
    internal GpuOutcome? Outcome() => _devices.Count > 0 ? _watch.Outcome() : null;
}
