namespace Experiments.Processes;

/// <summary>What memory a tree of processes took, and how that was measured.</summary>
public sealed record MemoryUse
{
    /// <summary>How: <c>cgroup-v2</c>, <c>cgroup-v1</c>, <c>proc-pss</c>, <c>proc-rss</c>, <c>job-object</c>, <c>phys-footprint</c> or <c>none</c>.</summary>
    public required string Method { get; init; }

    /// <summary>What limits the method's truth; null when nothing does.</summary>
    public string? Reason { get; init; }

    /// <summary>Most memory at the same time, in bytes: anonymous and shared; page cache is not in it.</summary>
    public long PeakBytes => Peak.UsedBytes;

    /// <summary>The reading with the most memory.</summary>
    public required MemoryReading Peak { get; init; }

    /// <summary>An upper bound of the peak by the kernel's own counter, page cache included, in bytes; null where nobody counts.</summary>
    public long? PeakBoundBytes { get; init; }

    /// <summary>Peak of the summed resident sets in bytes; pages that processes share count once for each.</summary>
    public required long PeakResidentBytes { get; init; }

    /// <summary>The processes when they held most together, the largest first, at most sixteen.</summary>
    public required IReadOnlyList<ProcessUse> Processes { get; init; }

    /// <summary>The most processes that were seen alive at the same time.</summary>
    public required int MostProcesses { get; init; }

    /// <summary>Free bytes of <c>/dev/shm</c> at their lowest; null where there is none.</summary>
    public long? SharedMemoryFreeBytes { get; init; }

    /// <summary>The longest time in which memory could not be read, where the peak may have gone unseen meanwhile; else null.</summary>
    public TimeSpan? Blind { get; init; }

    /// <summary>Samples taken.</summary>
    public required int Samples { get; init; }

    /// <summary>Time between samples in the end.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>CPU time that sampling took, as a share of the wall time, 0 to 1.</summary>
    public required double Cost { get; init; }

    /// <summary>Memory over time: Unix time and bytes in use.</summary>
    internal IReadOnlyList<(double Seconds, long Bytes)> Series { get; init; } = [];
}
