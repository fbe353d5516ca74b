using Experiments.Core.Definitions;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Engine.Journal;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Execution;

/// <summary>What all trials of one executor share.</summary>
public sealed record LocalExecutorOptions
{
    /// <summary>The experiment.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>Turns trials into commands.</summary>
    public required ITrainer Trainer { get; init; }

    /// <summary>Finds out why a trial failed or is slow; null: only how it ended is said.</summary>
    public ITrialExplainer? Explainer { get; init; }

    /// <summary>The sweep's folder, in which trials have theirs.</summary>
    public required SweepFolder Folder { get; init; }

    /// <summary>Absolute folders of the datasets, by name.</summary>
    public IReadOnlyDictionary<string, string> DatasetFolders { get; init; } = new Dictionary<string, string>();

    /// <summary>Cores that trials can use.</summary>
    public required double UsableCores { get; init; }

    /// <summary>The memory limit of each trial in bytes; null: none.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>How memory is measured; default: the best that the machine allows.</summary>
    public MemoryMethod Memory { get; init; }

    /// <summary>Whether trials read this program's standard input, a file each from its beginning; a terminal is never theirs. Default false: their input is empty.</summary>
    public bool PassesStandardInput { get; init; }

    /// <summary>Time that a trial has to end by itself when it timed out or is cancelled; default 10 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Cancelled when the user does not want to wait for the grace.</summary>
    public CancellationToken Force { get; init; }

    /// <summary>The clock; default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes the events of the trial that runs, at most once a second; a trial that may run again with more steps reports when it is known that it does not. Must not block.</summary>
    public Action<PlannedTrial, IReadOnlyList<TrialEvent>> Progress { get; init; } = (_, _) => { };
}
