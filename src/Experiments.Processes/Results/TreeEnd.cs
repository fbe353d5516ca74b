namespace Experiments.Processes;

/// <summary>How a tree of processes ended.</summary>
public sealed record TreeEnd
{
    /// <summary>Why.</summary>
    public required EndCause Cause { get; init; }

    /// <summary>The main process's exit code; null when a signal ended it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended the main process; null when it exited.</summary>
    public int? Signal { get; init; }

    /// <summary>Wall time from the start to the end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What the kernel charged to all its processes; null where the system does not say.</summary>
    public ResourceUsage? Usage { get; init; }

    /// <summary>CPU time of all its processes in seconds; null where the system does not say.</summary>
    public double? CpuSeconds => Usage?.UserSeconds + Usage?.SystemSeconds;

    /// <summary>What memory it took, and what its processes were; null where nobody measured.</summary>
    public MemoryUse? Memory { get; init; }

    /// <summary>Descendants that outlived the main process and were ended.</summary>
    public int Leftovers { get; init; }

    /// <summary>Processes that could not be ended, because they sleep in the kernel; they end when they wake.</summary>
    public int Unkillable { get; init; }

    /// <summary>Reads a status of <c>wait(2)</c>: a code or a signal, never 137 for both.</summary>
    /// <param name="status">The raw status.</param>
    internal static (int? ExitCode, int? Signal) OfStatus(int status) =>
        (status & 0x7f) is > 0 and var signal ? (null, signal) : ((status >> 8) & 0xff, null);
}
