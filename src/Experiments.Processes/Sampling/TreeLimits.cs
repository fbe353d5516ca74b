namespace Experiments.Processes.Sampling;

/// <summary>What a tree may take at most; null is no limit.</summary>
/// <param name="MemoryBytes">Anonymous and shared memory.</param>
/// <param name="Processes">Processes at the same time.</param>
internal readonly record struct TreeLimits(long? MemoryBytes, int? Processes = null);
