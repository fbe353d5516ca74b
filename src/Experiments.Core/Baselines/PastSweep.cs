using Experiments.Core.Results;

namespace Experiments.Core.Baselines;

/// <summary>An earlier sweep as far as later ones are compared with it, wherever it was kept.</summary>
public sealed record PastSweep
{
    /// <summary>The sweep's id.</summary>
    public required string SweepId { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The git commit measured, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>The machine, by <see cref="MachineFingerprint.Id"/>.</summary>
    public required string MachineId { get; init; }

    /// <summary>Whether every gate held.</summary>
    public required bool Passed { get; init; }

    /// <summary>The raw repeats of every configuration that was measured.</summary>
    public required IReadOnlyList<BaselineConfiguration> Configurations { get; init; }
}
