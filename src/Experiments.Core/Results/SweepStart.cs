using Experiments.Core.Definitions;
using Experiments.Core.Plans;

namespace Experiments.Core.Results;

/// <summary>What is known when a sweep starts.</summary>
public sealed record SweepStart
{
    /// <summary>The sweep's id.</summary>
    public required string SweepId { get; init; }

    /// <summary>Absolute path of the sweep's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The definition.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>The plan.</summary>
    public required Plan Plan { get; init; }

    /// <summary>Trials that are already done, from the journal of a resumed sweep.</summary>
    public IReadOnlyList<TrialResult> Done { get; init; } = [];

    /// <summary>The machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>When the sweep started first.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The git commit, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether the working tree differed from the commit when the sweep began; null where git could not be asked.</summary>
    public bool? Dirty { get; init; }
}
