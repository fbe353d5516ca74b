namespace Experiments.Core.Results;

/// <summary>What a machine is, as far as throughput and memory depend on it.</summary>
public sealed record MachineFingerprint
{
    /// <summary>Short, stable name of all that follows: results of other machines are never compared silently.</summary>
    public required string Id { get; init; }

    /// <summary>CPU model.</summary>
    public required string Cpu { get; init; }

    /// <summary>Usable cores: affinity and quota honoured.</summary>
    public required double Cores { get; init; }

    /// <summary>Usable memory in bytes: the machine's or the control group's, whichever is less.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>GPU models and driver, or <c>none</c>.</summary>
    public required string Gpu { get; init; }

    /// <summary>Operating system and kernel family.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The .NET runtime's version.</summary>
    public required string Runtime { get; init; }
}
