using Experiments.Core.Definitions;

namespace Experiments.Slurm.Batches;

/// <summary>All that a batch's script follows from.</summary>
internal sealed record BatchRequest
{
    /// <summary>Where its files go.</summary>
    public required BatchFolder Folder { get; init; }

    /// <summary>The name of its jobs.</summary>
    public required string JobName { get; init; }

    /// <summary>Jobs in the array.</summary>
    public required int Tasks { get; init; }

    /// <summary>What Slurm is asked for.</summary>
    public required SlurmSettings Settings { get; init; }

    /// <summary>Whether a job has its node to itself.</summary>
    public required bool IsExclusive { get; init; }

    /// <summary>Memory of a job in bytes; null: the site's default.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Wall time of a job.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Absolute folder in which the runner starts.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The command that runs trials on a node: a program and its first arguments.</summary>
    public required IReadOnlyList<string> Runner { get; init; }
}
