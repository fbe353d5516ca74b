using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Processes;

namespace Experiments.Engine.Trainers;

/// <summary>All that is known of a trial that ended, for those who judge and explain it.</summary>
public sealed record EndedTrial
{
    /// <summary>The experiment, for limits and places in its file.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>The trial.</summary>
    public required PlannedTrial Trial { get; init; }

    /// <summary>The command that ran.</summary>
    public required TrialCommand Command { get; init; }

    /// <summary>The command as a shell reads it.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Its files: events, standard output, standard error.</summary>
    public required TrialFolder Folder { get; init; }

    /// <summary>How its processes ended: the cause, which names the limit that was exceeded, the exit code or the signal, the memory.</summary>
    public required TreeEnd End { get; init; }

    /// <summary>How it ended, by the engine's judgement.</summary>
    public TrialStatus Status { get; init; }

    /// <summary>How long it had reported nothing when the engine ended it for that; null where it did not.</summary>
    public TimeSpan? StalledFor { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The memory limit that it ran under, in bytes, or null.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Most memory that its processes held on GPUs, in bytes; null when it saw none.</summary>
    public long? GpuPeakBytes { get; init; }

    /// <summary>Processes of others on its GPUs.</summary>
    public int OtherGpuProcesses { get; init; }

    /// <summary>Steps that it reported, warm-up included.</summary>
    public int Steps { get; init; }

    /// <summary>Whether its throughput is known.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Whether it ended itself because its steps were done; default false.</summary>
    public bool HasStopped { get; init; }

    /// <summary>The last lines of standard error, or of standard output when that is empty.</summary>
    public string LastWords { get; init; } = "";

    /// <summary>Processes of the trial that the kernel ended for want of memory; 0 where nobody counts.</summary>
    public long OutOfMemoryKills { get; init; }

    /// <summary>Cores that the trial could use, affinity and quota counted.</summary>
    public required double UsableCores { get; init; }

    /// <summary>The exit code; null when a signal ended it.</summary>
    public int? ExitCode => End.ExitCode;

    /// <summary>The signal that ended it, or null.</summary>
    public int? Signal => End.Signal;

    /// <summary>Free bytes of <c>/dev/shm</c> at their lowest while it ran; null where there is none.</summary>
    public long? SharedMemoryFreeBytes => End.Memory?.SharedMemoryFreeBytes;
}
