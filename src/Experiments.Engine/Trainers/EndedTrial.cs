using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Journal;

namespace Experiments.Engine.Trainers;

/// <summary>What is known of a trial that ended, for those who explain it.</summary>
public sealed record EndedTrial
{
    /// <summary>The experiment.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>The trial.</summary>
    public required PlannedTrial Trial { get; init; }

    /// <summary>The command that ran.</summary>
    public required TrialCommand Command { get; init; }

    /// <summary>Its files: events, standard output, standard error.</summary>
    public required TrialFolder Folder { get; init; }

    /// <summary>How it ended, by the engine's judgement.</summary>
    public required TrialStatus Status { get; init; }

    /// <summary>The exit code; null when a signal ended it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it, or null.</summary>
    public int? Signal { get; init; }

    /// <summary>How long it had told nothing when the engine ended it for that; null where it did not.</summary>
    public TimeSpan? StalledFor { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Processes of the trial that the kernel ended for want of memory; 0 where nobody counts.</summary>
    public long OutOfMemoryKills { get; init; }

    /// <summary>Free bytes of <c>/dev/shm</c> at their lowest while it ran; null where there is none.</summary>
    public long? SharedMemoryFreeBytes { get; init; }

    /// <summary>Cores that the trial could use, affinity and quota counted.</summary>
    public required double UsableCores { get; init; }
}
