namespace Experiments.Engine.Telemetry;

/// <summary>What a trial took too much of.</summary>
internal enum LimitKind
{
    /// <summary>Memory of the tree.</summary>
    Memory,

    /// <summary>Memory of its GPUs.</summary>
    GpuMemory,

    /// <summary>Processes.</summary>
    Processes,
}
