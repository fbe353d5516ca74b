using Experiments.Cluster;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Engine.Execution;
using Experiments.Engine.Trainers;
using Experiments.Pairs;

namespace Experiments.Running;

/// <summary>A sweep to run or to continue.</summary>
public sealed record SweepRequest
{
    /// <summary>The experiment.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>The trials in their order. A resumed sweep keeps the plan that it began with.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The folder <c>.experiments</c>.</summary>
    public required string Root { get; init; }

    /// <summary>The accepted results that throughput and memory are compared with; null: nothing is compared.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Earlier sweeps in any order, for the gate <c>trend</c>; default: none.</summary>
    public IReadOnlyList<PastSweep> Past { get; init; } = [];

    /// <summary>Whether trials run that are foreseen to blow up; default false.</summary>
    public bool RunForeseen { get; init; }

    /// <summary>Who knows variables that a trial gets with its start; null: nobody.</summary>
    public ITrialVariables? Variables { get; init; }

    /// <summary>The id of the sweep to continue, or null for a new one.</summary>
    public string? ResumeId { get; init; }

    /// <summary>Whether a sweep continues with code that is not the one it began with, which its results then say; default false.</summary>
    public bool AllowChangedCode { get; init; }

    /// <summary>Whether the trials of the resumed sweep that failed or measured nothing run again, be it with changed code; default false.</summary>
    public bool RepeatFailed { get; init; }

    /// <summary>From when on no further trial begins; null: all of them run.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What is peculiar to this run and stands in its results; default: nothing.</summary>
    public IReadOnlyList<Diagnostic> Remarks { get; init; } = [];

    /// <summary>Hears what the user has to know before the first trial starts, such as a clock that was set back; null: nobody.</summary>
    public Action<Diagnostic>? Note { get; init; }

    /// <summary>Absolute folders of the datasets, by name; those of synthetic datasets too, once they are made.</summary>
    public IReadOnlyDictionary<string, string> DatasetFolders { get; init; } = new Dictionary<string, string>();

    /// <summary>What turns trials into commands; the first that runs the definition's task is used. Default: <see cref="CommandTrainer"/>.</summary>
    public IReadOnlyList<ITrainer> Trainers { get; init; } = [new CommandTrainer()];

    /// <summary>Who finds out why a trial failed or is slow; null: only how it ended is said.</summary>
    public ITrialExplainer? Explainer { get; init; }

    /// <summary>
    /// Whether trials read this program's standard input, a file each from its beginning; a terminal is never theirs. Default false: their input is empty.
    /// </summary>
    public bool PassesStandardInput { get; init; }

    /// <summary>Time that a trial has to end by itself when it timed out or the sweep is cancelled; default 10 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Cancelled when the user does not want to wait for the grace (a second Ctrl+C).</summary>
    public CancellationToken Force { get; init; }

    /// <summary>How memory is measured; default: the best that the machine allows.</summary>
    public MemoryMethod Memory { get; init; }

    /// <summary>Who compares today's code with old code, where a gate asks for it; null: nobody, and it is not measured.</summary>
    internal GatePairs? Pairs { get; init; }

    /// <summary>How trials run on a cluster; null: they run here.</summary>
    internal ClusterRun? Cluster { get; init; }

    /// <summary>The clock; default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
