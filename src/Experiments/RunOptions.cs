using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments;

/// <summary>How a sweep runs. <see cref="SweepOptions.SweepId"/> is the sweep to continue; default: a new one begins.</summary>
public sealed record RunOptions : SweepOptions
{
    /// <summary>As <see cref="SweepOptions.SweepId"/>: the latest sweep, if it was cut off, and not long ago.</summary>
    public const string Latest = "latest";

    /// <summary>Filters, shard, seed and repeats; default: the whole matrix as the definition has it.</summary>
    public PlanOptions Plan { get; init; } = new();

    /// <summary>Who follows the sweep beside MLflow; default: nobody.</summary>
    public IReadOnlyList<ISweepObserver> Observers { get; init; } = [];

    /// <summary>Whether trials run that are foreseen to blow up; default false.</summary>
    public bool RunForeseen { get; init; }

    /// <summary>Whether a sweep continues with other code than it began with; default false.</summary>
    public bool AllowChangedCode { get; init; }

    /// <summary>Where trials run: <see cref="Core.Definitions.ExecutorChoice.Local"/> or <see cref="Core.Definitions.ExecutorChoice.Slurm"/>; default: as the definition says, and a continued sweep where it began.</summary>
    public string? Executor { get; init; }

    /// <summary>Whether the jobs of a cluster go on when the waiting for them is cancelled; default false: they are cancelled too.</summary>
    public bool LeavesJobs { get; init; }

    /// <summary>
    /// Whether the trials of the continued sweep that failed or measured nothing run again, be it with changed code: each of them then says which; default false. With
    /// <see cref="Latest"/> the sweep may be one that ended.
    /// </summary>
    public bool RepeatFailed { get; init; }

    /// <summary>From when on no further trial begins, and what is left is named and not measured; null: all of them run. The trial that runs then is waited for.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether a sweep waits until no other runs on this machine; default true. One that does not wait says so in its results.</summary>
    public bool WaitsForMachine { get; init; } = true;

    /// <summary>Whether trials read this program's standard input; default false: their input is empty.</summary>
    public bool PassesStandardInput { get; init; }

    /// <summary>Cancelled when nobody wants to wait any more for a cancelled sweep's trial and reports; default: they are waited for.</summary>
    public CancellationToken Force { get; init; }
}
