using System.Text.Json.Serialization;
using Experiments.Core.Results;

namespace Experiments.Core.Baselines;

/// <summary>The accepted results that gates compare with, for one experiment on one machine.</summary>
public sealed record Baseline
{
    /// <summary>Version of the file's layout.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The machine that it was measured on.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>The sweep that it was accepted from.</summary>
    public required string SweepId { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The git commit measured, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether the working tree differed from the commit; null where git could not be asked.</summary>
    public bool? Dirty { get; init; }

    /// <summary>Why it was accepted, where somebody had to say so.</summary>
    public string? Reason { get; init; }

    /// <summary>The accepted results.</summary>
    public required IReadOnlyList<BaselineConfiguration> Configurations { get; init; }

    /// <summary>The same by sweep, in the order of time, where it is made of several; empty for one sweep's. Not kept in files, which have one.</summary>
    [JsonIgnore]
    public IReadOnlyList<IReadOnlyList<BaselineConfiguration>> Sweeps { get; init; } = [];
}
