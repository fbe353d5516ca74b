using Experiments.Core.Results;
using Experiments.Engine.Telemetry.Gpu;

namespace Experiments.Engine.Telemetry;

/// <summary>What the sampler saw of a trial.</summary>
internal sealed record TelemetryOutcome
{
    /// <summary>How it was observed.</summary>
    public required TelemetrySummary Summary { get; init; }

    /// <summary>The reading with the most memory.</summary>
    public required MemoryReading Peak { get; init; }

    /// <summary>Upper bound of the peak, page cache included; null where nobody counts.</summary>
    public long? PeakBoundBytes { get; init; }

    /// <summary>Peak of the summed resident sets.</summary>
    public required long PeakResidentBytes { get; init; }

    /// <summary>Memory over time: Unix time and bytes in use.</summary>
    public required IReadOnlyList<(double Seconds, long Bytes)> Series { get; init; }

    /// <summary>The tree's processes one by one.</summary>
    public required ProcessTable Processes { get; init; }

    /// <summary>Free bytes of <c>/dev/shm</c> at their lowest; null where there is none.</summary>
    public long? SharedMemoryFreeBytes { get; init; }

    /// <summary>The trial's GPUs; null when it saw none.</summary>
    public GpuOutcome? Gpu { get; init; }

    /// <summary>What the kernel counted from start to end; null where nobody read it.</summary>
    public CounterOutcome? Counters { get; init; }

    /// <summary>What the tree read and wrote by calls; null where the system does not tell.</summary>
    public ProcessIo? Io { get; init; }

    /// <summary>The limit that was passed first, or null.</summary>
    public LimitKind? Passed { get; init; }

    /// <summary>The most processes that were seen alive at the same time.</summary>
    public int MostProcesses { get; init; }
}
