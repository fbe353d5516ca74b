namespace Experiments.Core.Results;

/// <summary>How a trial was observed, so that its figures can be judged.</summary>
public sealed record TelemetrySummary
{
    /// <summary>Where memory was read: <c>cgroup-v2</c>, <c>cgroup-v1</c>, <c>proc-pss</c>, <c>proc-rss</c>, <c>job-object</c>, <c>phys-footprint</c> or <c>none</c>.</summary>
    public required string MemoryMethod { get; init; }

    /// <summary>Why no better method was used; null when it is the best there is.</summary>
    public string? Reason { get; init; }

    /// <summary>Time between samples.</summary>
    public required double IntervalMilliseconds { get; init; }

    /// <summary>Samples taken.</summary>
    public required int Samples { get; init; }

    /// <summary>Time that the sampler took, as a share of the trial's wall time, 0 to 1.</summary>
    public required double Cost { get; init; }

    /// <summary>Where the GPU was read: <c>nvml</c> or <c>nvidia-smi</c>; null when no GPU was.</summary>
    public string? GpuMethod { get; init; }

    /// <summary>Why no GPU was read, or what limits the truth of its figures; null when nothing does.</summary>
    public string? GpuReason { get; init; }

    /// <summary>Whose pressure was read: <c>cgroup</c>, the trial's own, or <c>machine</c>, everyone's; null where the kernel tells none.</summary>
    public string? PressureMethod { get; init; }

    /// <summary>The tree's processes when they held most together, the largest first, at most sixteen; empty when none was seen.</summary>
    public IReadOnlyList<ProcessShare> Processes { get => field ?? []; init; } = [];
}
