
namespace Experiments.Processes.Memory;

/// <summary>A way to measure the memory of a process tree.</summary>
internal interface ITreeMemory
{
    /// <summary><c>cgroup-v2</c>, <c>cgroup-v1</c>, <c>proc-pss</c>, <c>proc-rss</c>, <c>job-object</c>, <c>phys-footprint</c> or <c>none</c>.</summary>
    string Method { get; }

    /// <summary>What limits the method's truth; null when nothing does.</summary>
    string? Reason { get; }

    /// <summary>Time between readings that the method can afford.</summary>
    TimeSpan Interval { get; }

    /// <summary>CPU time spent so far on readings that the method keeps within a budget of its own.</summary>
    TimeSpan ExtraCost { get; }

    /// <summary>The memory now.</summary>
    /// <param name="elapsed">Time since the trial's start.</param>
    MemoryReading Read(TimeSpan elapsed);

    /// <summary>Whether the limit is passed, with all the certainty that the method can get at once.</summary>
    /// <param name="limitBytes">The limit.</param>
    bool Exceeds(long limitBytes);

    /// <summary>Whether the kernel ended a process of the tree because of its limit, or counted more than the limit.</summary>
    bool KernelKilled();

    /// <summary>The reading with the most memory in use, after the last <see cref="Read"/>.</summary>
    MemoryReading Peak();

    /// <summary>An upper bound of the peak by the kernel's own counters, in bytes; null where nobody counts.</summary>
    long? PeakBoundBytes();

    /// <summary>The processes of the tree now.</summary>
    IReadOnlyCollection<int> Processes();
}
