namespace Experiments.Core.Definitions;

/// <summary>A bound on memory: bytes, or a share of what the machine has available when the sweep starts.</summary>
/// <param name="Bytes">Bytes, or null.</param>
/// <param name="Percent">Percent (0 to 100), or null.</param>
public sealed record MemoryLimit(long? Bytes, double? Percent)
{
    /// <summary>The bound in bytes.</summary>
    /// <param name="availableBytes">Memory available to the sweep.</param>
    public long Resolve(long availableBytes) => Bytes ?? (long)(availableBytes * (Percent ?? 100) / 100);
}
