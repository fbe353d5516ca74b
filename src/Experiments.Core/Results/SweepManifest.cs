using Experiments.Core.Plans;

namespace Experiments.Core.Results;

/// <summary>What <c>plan.json</c> holds: all that a resumed sweep must know.</summary>
public sealed record SweepManifest
{
    /// <summary>Version of the file's layout.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The sweep's id.</summary>
    public required string SweepId { get; init; }

    /// <summary>The definition's file, as the user named it.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>Fingerprint of the definition.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>When the sweep started first.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>The git commit, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>The memory limit of each trial in bytes, resolved when the sweep started; null where none could be.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>The trials in their order.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The name, in the sweep's folder, of the copy of the definition as it was when the sweep began.</summary>
    /// <param name="definitionFile">The definition's file.</param>
    public static string DefinitionCopy(string definitionFile) => "definition" + Path.GetExtension(definitionFile);
}
