using Experiments.Core.Results;
using Experiments.Engine.Telemetry.Gpu;
using Experiments.Processes;
using Experiments.Processes.Kernel;

namespace Experiments.Engine.Telemetry;

/// <summary>What was seen of a trial while it ran.</summary>
internal sealed record TelemetryOutcome
{
    /// <summary>Its memory and its processes.</summary>
    public required MemoryUse Memory { get; init; }

    /// <summary>The trial's GPUs; null when it saw none.</summary>
    public GpuOutcome? Gpu { get; init; }

    /// <summary>Where the GPU was read; null when no GPU was.</summary>
    public string? GpuMethod { get; init; }

    /// <summary>Why no GPU was read, or what limits the truth of its figures; null when nothing does.</summary>
    public string? GpuReason { get; init; }

    /// <summary>What the kernel counted from start to end; null where nobody read it.</summary>
    public CounterOutcome? Counters { get; init; }

    /// <summary>What the tree read and wrote by calls; null where the system does not say.</summary>
    public ProcessIo? Io { get; init; }

    /// <summary>How it was observed, for the trial's result.</summary>
    /// <param name="growth">Bytes a step of a process's memory over time, or null.</param>
    /// <param name="roles">What processes are in the trial, as far as it reported.</param>
    internal TelemetrySummary Summary(Func<IReadOnlyList<(double Seconds, long Bytes)>, double?> growth, IReadOnlyDictionary<int, string> roles) => new()
    {
        MemoryMethod = Memory.Method,
        Reason = Memory.Reason,
        IntervalMilliseconds = Memory.Interval.TotalMilliseconds,
        Samples = Memory.Samples,
        Cost = Memory.Cost,
        PressureMethod = Counters?.PressureMethod,
        GpuMethod = GpuMethod,
        GpuReason = GpuReason,
        Processes = ProcessShares.Of(Memory.Processes, growth, roles),
    };
}
