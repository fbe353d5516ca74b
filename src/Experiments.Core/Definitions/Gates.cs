namespace Experiments.Core.Definitions;

/// <summary>The rules that make a sweep red. What is null in them is not checked.</summary>
public sealed record Gates
{
    /// <summary>The peak memory of the process tree; <c>peak_memory</c>.</summary>
    public PeakMemoryBounds PeakMemory { get; init; } = new();

    /// <summary>The peak of the GPU memory of its processes, as the driver counts it; <c>gpu_memory</c>.</summary>
    public PeakMemoryBounds GpuMemory { get; init; } = new();

    /// <summary>Leaks; <c>memory_growth</c>.</summary>
    public MemoryGrowthBounds MemoryGrowth { get; init; } = new();

    /// <summary>Throughput against the baseline; <c>throughput</c>.</summary>
    public ThroughputBounds Throughput { get; init; } = new();

    /// <summary>Waiting for data; <c>data_stall</c>.</summary>
    public DataStallBounds DataStall { get; init; } = new();

    /// <summary>Whatever a trial logs or is measured of it, by name; <c>metrics</c>.</summary>
    public IReadOnlyList<MetricBounds> Metrics { get => field ?? []; init; } = [];

    /// <summary>What throughput, memory and metrics are compared with; <c>baseline</c>.</summary>
    public BaselineChoice Baseline { get; init; } = new();

    /// <summary>The history of sweeps; <c>trend</c>.</summary>
    public TrendBounds Trend { get; init; } = new();
}
