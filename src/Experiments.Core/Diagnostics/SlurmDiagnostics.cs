using Experiments.Core.Results;

namespace Experiments.Core.Diagnostics;

/// <summary>EXP33xx: what can go wrong with trials that run as Slurm jobs.</summary>
public static class SlurmDiagnostics
{
    /// <summary>Slurm or the kernel ended the job for lack of memory, before the trial's own limit spoke.</summary>
    public static DiagnosticRule OutOfMemory { get; } =
        new("EXP3301", "The Slurm job ran out of memory", "Set limits.memory below what the job has, or raise executor.slurm.memory; lower num_workers, prefetch_factor or batch_size.");

    /// <summary>The job reached Slurm's time limit.</summary>
    public static DiagnosticRule TimeLimit { get; } =
        new("EXP3302", "The Slurm job reached its time limit", "Raise executor.slurm.time or leave it out, lower limits.timeout, or lower executor.slurm.pack.");

    /// <summary>The node failed.</summary>
    public static DiagnosticRule NodeFailed { get; } =
        new("EXP3303", "The node failed under the trial", "Continue the sweep with experiments resume; a node that fails again is left out by executor.slurm.extra: [--exclude=NODE].");

    /// <summary>A job of more right took the node.</summary>
    public static DiagnosticRule Preempted { get; } =
        new("EXP3304", "The Slurm job was preempted", "Continue the sweep with experiments resume; choose a partition or a QOS that is not preempted.");

    /// <summary>Somebody cancelled the job.</summary>
    public static DiagnosticRule CancelledOutside { get; } =
        new("EXP3305", "The Slurm job was cancelled from outside", "Ask who called scancel; continue the sweep with experiments resume. experiments cancel is the way to cancel a sweep.");

    /// <summary>The job never came to its first line.</summary>
    public static DiagnosticRule NotLaunched { get; } =
        new("EXP3306", "The Slurm job could not be launched", "See whether the node writes the sweep's folder and has this user: srun -w NODE touch FOLDER/test.");

    /// <summary>The job is gone and left nothing.</summary>
    public static DiagnosticRule Lost { get; } =
        new("EXP3307", "The Slurm job is gone and left no result", "Read the job's log, which the message names; continue the sweep with experiments resume.");

    /// <summary>The runner failed on the node.</summary>
    public static DiagnosticRule RunnerFailed { get; } =
        new("EXP3308", "The trial's runner failed on the node", "Read the job's log, which the message names: often dotnet or the experiments command is not there on the node; executor.slurm.setup loads it.");

    /// <summary>Slurm takes no job as it is asked for.</summary>
    public static DiagnosticRule Refused { get; } =
        new("EXP3309", "Slurm refused the jobs", "Mend what Slurm's words in the message name: partition, account, gres, time or memory under executor.slurm. Nothing was submitted.");

    /// <summary>Slurm does not answer.</summary>
    public static DiagnosticRule Unreachable { get; } =
        new("EXP3310", "Slurm does not answer", "Jobs that run go on, and their results are taken from the folder; wait, or leave and come back with experiments attach.");

    /// <summary>Jobs wait for something that may never come.</summary>
    public static DiagnosticRule Waiting { get; } =
        new("EXP3311", "Slurm jobs wait for more than their turn", "See the reason in squeue's words: a limit of yours, a node that is down or drained, a job that is held (scontrol release).");

    /// <summary>Others ran on the node.</summary>
    public static DiagnosticRule OtherJobs { get; } =
        new("EXP3312", "Other jobs ran on the node", "Their use of cores, disk and memory bandwidth disturbs the figures; executor.slurm.exclusive: true keeps them off.");

    /// <summary>A sweep of which jobs may still run is to be continued here.</summary>
    public static DiagnosticRule StillSubmitted { get; } =
        new("EXP3313", "Jobs of the sweep may still run on Slurm", "Continue it with --executor slurm, or end its jobs first: experiments cancel.");

    /// <summary>The trial ran again in a job that was requeued.</summary>
    public static DiagnosticRule Requeued { get; } =
        new("EXP3314", "The trial ran again after its job was requeued", "Nothing is to be done: what the earlier attempt measured is not used.");

    /// <summary>A line of setup failed on the node.</summary>
    public static DiagnosticRule SetupFailed { get; } =
        new("EXP3315", "A line of executor.slurm.setup failed on the node", "Mend the line that the message names; each runs in bash, one after the other, and must end with 0.");

    /// <summary>The working folder is not on the node.</summary>
    public static DiagnosticRule NoWorkingFolder { get; } =
        new("EXP3316", "The working folder is not on the node", "Start the sweep in a folder that all nodes see under the same path.");

    /// <summary>There is nothing on Slurm to attach to or to cancel.</summary>
    public static DiagnosticRule NothingSubmitted { get; } =
        new("EXP3317", "The sweep has no jobs on Slurm", "Name a sweep that was run with --executor slurm: --sweep ID.");

    /// <summary>The user cancelled the sweep's jobs.</summary>
    public static DiagnosticRule Cancelled { get; } =
        new("EXP3318", "The sweep's jobs were cancelled", "Continue the sweep with experiments resume.");

    private static readonly HashSet<string> OfCluster = [.. new[] { NodeFailed, Preempted, CancelledOutside, NotLaunched, Lost, RunnerFailed, SetupFailed, NoWorkingFolder }.Select(rule => rule.Code)];

    /// <summary>Whether the cluster kept a trial from a result, and the trial itself is not to blame: a resumed sweep runs it again.</summary>
    /// <param name="result">The result.</param>
    public static bool IsOfCluster(TrialResult result) => result.Status == TrialStatus.Failed && result.Diagnostics.Any(one => one.Severity == DiagnosticSeverity.Error && OfCluster.Contains(one.Code));
}
