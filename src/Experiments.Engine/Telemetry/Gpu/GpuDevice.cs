namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>One GPU as NVML knows it.</summary>
/// <param name="Index">Its number; NVML orders by PCI bus and ignores <c>CUDA_VISIBLE_DEVICES</c>.</param>
/// <param name="Uuid">Its name for good, such as <c>GPU-8a6d…</c>.</param>
/// <param name="Handle">NVML's handle.</param>
internal sealed record GpuDevice(int Index, string Uuid, nint Handle)
{
    /// <summary>The devices that a process sees.</summary>
    /// <param name="devices">All devices.</param>
    /// <param name="visible">The process's <c>CUDA_VISIBLE_DEVICES</c>: numbers or beginnings of UUIDs; null for all, empty for none.</param>
    internal static IReadOnlyList<GpuDevice> Visible(IReadOnlyList<GpuDevice> devices, string? visible)
    {
        if (visible is null)
            return devices;
        var chosen = new List<GpuDevice>();
        foreach (var word in visible.Split(',', StringSplitOptions.TrimEntries))
        {
            var device = devices.FirstOrDefault(device => device.Index.ToString(System.Globalization.CultureInfo.InvariantCulture) == word
                || (word.Length > 4 && device.Uuid.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
            if (device is null)
                break; // CUDA sees nothing from the first invalid entry on
            chosen.Add(device);
        }

        return chosen;
    }
}
