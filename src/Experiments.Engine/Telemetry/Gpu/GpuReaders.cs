namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>Finds the best reader that the machine has.</summary>
internal static class GpuReaders
{
    /// <summary>Opens one; null with the reason where there is no GPU to read.</summary>
    /// <param name="libraries">Names of NVML to try.</param>
    /// <param name="program"><c>nvidia-smi</c>, or its path.</param>
    /// <param name="reason">Why none, or why not the best; empty for the best.</param>
    internal static IGpuReader? TryOpen(IEnumerable<string> libraries, string program, out string reason)
    {
        if (Nvml.TryOpen(libraries, out reason) is { } nvml)
            return nvml;
        if (NvidiaSmi.TryOpen(program) is not { } fallback)
            return null;
        reason = $"NVML: {reason}";
        return fallback;
    }
}
