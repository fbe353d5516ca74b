namespace Experiments.Core.Results;

/// <summary>What a machine is, as far as throughput and memory depend on it.</summary>
public sealed record MachineFingerprint
{
    /// <summary>Short, stable name of CPU, cores, memory, GPU models and operating system: results of other machines are never compared silently.</summary>
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

    /// <summary>
    /// Whether results of the two may be compared: they have the same id, or one has an id that the other bears or bore before; see <see cref="MachineNames"/>.
    /// </summary>
    /// <param name="other">The other machine.</param>
    public bool IsSameAs(MachineFingerprint other) =>
        Id == other.Id || MachineNames.Of(this).Contains(other.Id) || MachineNames.Of(other).Contains(Id);
}
