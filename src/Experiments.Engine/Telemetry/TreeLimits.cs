namespace Experiments.Engine.Telemetry;

/// <summary>What a trial's tree may take at most; null is no limit.</summary>
/// <param name="MemoryBytes">Anonymous and shared memory.</param>
/// <param name="GpuBytes">GPU memory of its processes.</param>
/// <param name="Processes">Processes at the same time.</param>
internal readonly record struct TreeLimits(long? MemoryBytes, long? GpuBytes = null, int? Processes = null);
