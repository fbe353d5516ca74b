using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Slurm.Batches;

namespace Experiments.Slurm;

/// <summary>What all trials of a sweep on Slurm share.</summary>
internal sealed record SlurmExecutorOptions
{
    /// <summary>The variable that says by how many seconds the shared folder may lag behind its writers.</summary>
    public const string LatencyVariable = "EXPERIMENTS_SLURM_LATENCY";

    private const double DefaultLatencySeconds = 30;

    /// <summary>The experiment.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>The sweep's folder, which the nodes see under the same path.</summary>
    public required SweepFolder Folder { get; init; }

    /// <summary>Absolute folders of the datasets, by name.</summary>
    public IReadOnlyDictionary<string, string> DatasetFolders { get; init; } = new Dictionary<string, string>();

    /// <summary>The memory limit of each trial in bytes; null: the nodes find it.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>The seed of the plan.</summary>
    public required int Seed { get; init; }

    /// <summary>The command that runs trials on a node: a program and its first arguments.</summary>
    public required IReadOnlyList<string> Runner { get; init; }

    /// <summary>Whether jobs go on when the waiting is cancelled; default: they are cancelled too.</summary>
    public bool LeavesJobs { get; init; }

    /// <summary>Called when Slurm has taken jobs.</summary>
    public Action<SlurmBatch> Submitted { get; init; } = _ => { };

    /// <summary>Called when a trial has started on a node.</summary>
    public Action<PlannedTrial, MachineFingerprint> Started { get; init; } = (_, _) => { };

    /// <summary>Takes the events of a trial, once it has ended. Must not block.</summary>
    public Action<PlannedTrial, IReadOnlyList<TrialEvent>> Progress { get; init; } = (_, _) => { };

    /// <summary>Hears what a person should know.</summary>
    public Action<Diagnostic> Note { get; init; } = _ => { };

    /// <summary>By how much the shared folder may lag behind its writers, as NFS does; default 30 seconds.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable(LatencyVariable), System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 ? seconds : DefaultLatencySeconds);

    /// <summary>The clock; default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
