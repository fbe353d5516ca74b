using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Sweeps;

/// <summary>A sweep to run or to continue.</summary>
public sealed record SweepRequest
{
    /// <summary>The experiment.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>The trials in their order. A resumed sweep keeps the plan that it began with.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The folder <c>.experiments</c>.</summary>
    public required string Root { get; init; }

    /// <summary>Absolute folders of the datasets, by name; those of synthetic datasets too, once they are made.</summary>
    public IReadOnlyDictionary<string, string> DatasetFolders { get; init; } = new Dictionary<string, string>();

    /// <summary>What turns trials into commands; the first that runs the definition's task is used. Default: <see cref="CommandTrainer"/>.</summary>
    public IReadOnlyList<ITrainer> Trainers { get; init; } = [new CommandTrainer()];

    /// <summary>Who finds out why a trial failed or is slow; null: only how it ended is said.</summary>
    public ITrialExplainer? Explainer { get; init; }

    /// <summary>
    /// Asked when all trials have ended, again after each round that it gives, until it gives none: what to run besides, in the light of what was
    /// measured. The rounds join the plan before they run, so that a resumed sweep has them too. Null: the plan is all.
    /// </summary>
    public Func<SweepResult, IReadOnlyList<PlannedTrial>>? MoreTrials { get; init; }

    /// <summary>
    /// Asked just before a trial starts, with the trials done so far and the memory limit: how much memory it will take. A trial that would blow up
    /// does not run, unless <see cref="RunForeseen"/>. Null: nothing is foreseen.
    /// </summary>
    public Func<PlannedTrial, IReadOnlyCollection<TrialResult>, long?, MemoryForecast?>? Foresee { get; init; }

    /// <summary>Whether trials run that are foreseen to blow up; default false.</summary>
    public bool RunForeseen { get; init; }

    /// <summary>
    /// Variables that are known only when a trial starts, such as its run in MLflow; null: none. The definition's <c>env</c> goes before them, and the
    /// script that runs the trial by hand has none of them.
    /// </summary>
    public Func<PlannedTrial, CancellationToken, Task<IReadOnlyDictionary<string, string>>>? LateVariables { get; init; }

    /// <summary>The id of the sweep to continue, or null for a new one.</summary>
    public string? ResumeId { get; init; }

    /// <summary>Time that a trial has to end by itself when it timed out or the sweep is cancelled; default 10 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Cancelled when the user does not want to wait for the grace (a second Ctrl+C).</summary>
    public CancellationToken Force { get; init; }

    /// <summary>How memory is measured; default: the best that the machine allows.</summary>
    public MemoryMethod Memory { get; init; }

    /// <summary>The clock; default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
