namespace Experiments.Core.Diagnostics;

/// <summary>EXP3xxx: what can go wrong with a trial.</summary>
public static class TrialDiagnostics
{
    /// <summary>The training task ended with an exit code other than 0.</summary>
    public static DiagnosticRule ExitCode { get; } =
        new("EXP3001", "The training task failed", "Read the trial's stderr.log; run the command that the message names by hand.");

    /// <summary>The trial ran longer than <c>limits.timeout</c>.</summary>
    public static DiagnosticRule TimedOut { get; } =
        new("EXP3002", "The trial timed out", "Raise limits.timeout, or lower steps.");

    /// <summary>The trial reported nothing for <c>limits.stall_timeout</c>.</summary>
    public static DiagnosticRule Stalled { get; } =
        new("EXP3015", "The trial hangs", "Look at where it stands (py-spy dump, dotnet-stack, gdb); raise limits.stall_timeout if it is only slow between two steps.");

    /// <summary>A signal ended the training task.</summary>
    public static DiagnosticRule KilledBySignal { get; } =
        new("EXP3003", "The training task was killed by a signal", "See which signal: 9 is often the kernel out of memory, 7 a full /dev/shm.");

    /// <summary>The trial exceeded its memory limit.</summary>
    public static DiagnosticRule MemoryLimit { get; } =
        new("EXP3004", "The trial exceeded its memory limit", "Lower num_workers, prefetch_factor or batch_size, or raise limits.memory.");

    /// <summary>The trial exceeded its limit of GPU memory.</summary>
    public static DiagnosticRule GpuMemoryLimit { get; } =
        new("EXP3013", "The trial exceeded its GPU memory limit", "Lower batch_size, or raise limits.gpu_memory.");

    /// <summary>The trial had more processes than its limit allows.</summary>
    public static DiagnosticRule ProcessLimit { get; } =
        new("EXP3014", "The trial exceeded its limit of processes", "Lower num_workers, or raise limits.processes: it counts main, workers, and what they start.");

    /// <summary>No step was reported.</summary>
    public static DiagnosticRule NotMeasured { get; } =
        new("EXP3005", "The trial reported no measured step", "The task must append step events to the file named by EXPERIMENTS_EVENTS, more than warmup_steps of them.");

    /// <summary>The process could not be started.</summary>
    public static DiagnosticRule NotStarted { get; } =
        new("EXP3006", "The trial could not be started", "Check that the program exists and may be executed.");

    /// <summary>The trial was not run: earlier trials tell that it would exceed its memory limit.</summary>
    public static DiagnosticRule Foreseen { get; } =
        new("EXP3009", "The trial was foreseen to blow up", "Lower num_workers, prefetch_factor or batch_size, or raise limits.memory; --run-foreseen runs it all the same.");

    /// <summary>No sweep of that id can be resumed.</summary>
    public static DiagnosticRule NoSuchSweep { get; } =
        new("EXP3010", "There is no such sweep to resume", "Name the folder of a sweep below .experiments/EXPERIMENT, or start a new one: experiments run.");

    /// <summary>The definition is not the one that the sweep began with.</summary>
    public static DiagnosticRule DefinitionChanged { get; } =
        new("EXP3011", "The definition changed since the sweep began", "Undo the change, or start a new sweep (experiments run): results of two definitions are never mixed.");

    /// <summary>The code is not the one that the sweep began with.</summary>
    public static DiagnosticRule CodeChanged { get; } =
        new("EXP3016", "The code changed since the sweep began", "Check out the code that the message names, or start a new sweep (experiments run); --allow-changed-code continues all the same, and the results say so.");

    /// <summary>Failed trials are to be repeated, and there are none.</summary>
    public static DiagnosticRule NothingToRepeat { get; } =
        new("EXP3046", "No trial is to be repeated", "Every trial of the sweep was measured; begin a new sweep: experiments run.");

    /// <summary>The time of a run was over before all its trials began.</summary>
    public static DiagnosticRule TimeOver { get; } =
        new("EXP3047", "The time of the run was over", "Continue it with experiments resume, give a longer --max-time, or measure less: --shard, --filter, fewer repeats.");

    /// <summary>Another sweep ran on the machine.</summary>
    public static DiagnosticRule InCompany { get; } =
        new("EXP3048", "Another sweep ran beside this one", "Run it again without --no-queue, when the other has ended; EXPERIMENTS_QUEUE names the folder in which the sweeps of a machine find each other.");

    /// <summary>Nobody can say whether the code changed since the sweep began.</summary>
    public static DiagnosticRule CodeNotKnown { get; } =
        new("EXP3017", "Whether the code changed is not known", "Keep the code in a git repository and have git installed, so that results of two versions are never mixed.");

    /// <summary>The trial's memory could not be read for a while.</summary>
    public static DiagnosticRule MemoryNotRead { get; } =
        new("EXP3018", "The trial's memory could not be read throughout", "See the cause that the message names (often too many open files: ulimit -n); nobody guarded the memory limit meanwhile, and the peak may have gone unseen.");

    /// <summary>Another process runs the sweep.</summary>
    public static DiagnosticRule SweepInUse { get; } =
        new("EXP3012", "The sweep is run by another process", "Wait until it ends, or end it.");

    /// <summary>Something that is no plain file lies where the trial's files are read.</summary>
    public static DiagnosticRule UnreadableFile { get; } =
        new("EXP3020", "Not all that the trial left can be read", "Let the trial write plain files: pipes, sockets, devices, and folders in the place of a file are skipped.");

    /// <summary>The trial reported more than is read or kept.</summary>
    public static DiagnosticRule ReportedTooMuch { get; } =
        new("EXP3021", "The trial reported more than is read", "Report a step and a few metrics at a time, not every sample; the rest was not read, or not kept.");

    /// <summary>Sweeps are not the shards of one.</summary>
    public static DiagnosticRule NotShards { get; } =
        new("EXP3022", "These are not the shards of one sweep", "Name, with --from, the folders of the shards of one run: of one definition and one commit, each configuration in one of them.");

    /// <summary>The GPU memory of the trial before is still in use.</summary>
    public static DiagnosticRule GpuNotGivenBack { get; } =
        new("EXP3045", "GPU memory of the trial before was not given back", "See who holds it (nvidia-smi), and end it; the engine waits 30 s for the driver before each trial.");

    /// <summary>Processes outlived their trial.</summary>
    public static DiagnosticRule LeftProcesses { get; } =
        new("EXP3008", "The trial left processes behind", "They were ended. Let the training task wait for its children, so that their work counts.");

    /// <summary>The user cancelled the sweep while the trial ran.</summary>
    public static DiagnosticRule Cancelled { get; } =
        new("EXP3007", "The trial was cancelled", "Continue the sweep: experiments resume.");
}
