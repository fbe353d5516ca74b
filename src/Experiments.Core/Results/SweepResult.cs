using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Pairs;

namespace Experiments.Core.Results;

/// <summary>What a sweep measured. Verdicts and advice are drawn from it.</summary>
/// <remarks>Generated readers leave null in a property that the file lacks: what earlier versions did not write is an empty list.</remarks>
public sealed record SweepResult
{
    /// <summary>Version of the layout of <c>results.json</c>.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The sweep's id, its folder's name.</summary>
    public required string SweepId { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The definition's file.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>The seed of the order.</summary>
    public required int Seed { get; init; }

    /// <summary>When the sweep started first.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its last trial ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The machine.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>The other machines of a sweep that was merged from shards, or ran on several kinds of node; empty as a rule.</summary>
    public IReadOnlyList<MachineFingerprint> OtherMachines { get => field ?? []; init; } = [];

    /// <summary>The git commit of the working folder, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether the working tree differed from the commit when the sweep began; null where git could not be asked.</summary>
    public bool? Dirty { get; init; }

    /// <summary>Fingerprint of that difference; null where there is none or git could not be asked.</summary>
    public string? DiffHash { get; init; }

    /// <summary>The states of other code that the sweep was continued with, on the user's word; its trials are of more than one code. Empty as a rule.</summary>
    public IReadOnlyList<CodeState> OtherCode { get => field ?? []; init; } = [];

    /// <summary>The configurations planned, in matrix order.</summary>
    public required IReadOnlyList<Configuration> Configurations { get; init; }

    /// <summary>The trials that ended, in the order of the plan.</summary>
    public required IReadOnlyList<TrialResult> Trials { get; init; }

    /// <summary>Pairs of today's code and the one that <c>gates.throughput.against</c> names, one a configuration, in the order in which they were settled.</summary>
    public IReadOnlyList<PairComparison> Pairs { get => field ?? []; init; } = [];

    /// <summary>Trials planned, those added for unclear verdicts included; more than <see cref="Trials"/> holds when the sweep was cancelled.</summary>
    public required int PlannedTrials { get; init; }

    /// <summary>The memory limit of each trial in bytes, or null.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>What was peculiar to the run and no gate measures: its time was over, another sweep ran beside it.</summary>
    public IReadOnlyList<Diagnostic> Remarks { get => field ?? []; init; } = [];

    /// <summary>What observers (MLflow, reports) could not do.</summary>
    public IReadOnlyList<Diagnostic> Observers { get => field ?? []; init; } = [];
}
