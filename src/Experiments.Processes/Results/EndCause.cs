namespace Experiments.Processes;

/// <summary>Why a tree of processes ended.</summary>
public enum EndCause
{
    /// <summary>Its main process ended by itself, by its exit or by a signal of somebody else.</summary>
    Exited,

    /// <summary>It ran longer than its timeout.</summary>
    TimedOut,

    /// <summary>It reported nothing for too long, as far as its owner watches that.</summary>
    Stalled,

    /// <summary>Its owner cancelled it.</summary>
    Cancelled,

    /// <summary>It used more memory than its limit, whether this program noticed it or the kernel.</summary>
    MemoryLimit,

    /// <summary>It used more GPU memory than its limit, as far as its owner watches that.</summary>
    GpuMemoryLimit,

    /// <summary>It had more processes at the same time than its limit.</summary>
    ProcessLimit,
}
