using Experiments.Core.Results;
using Experiments.Engine.Telemetry;
using Experiments.Engine.Telemetry.Gpu;
using Experiments.Processes;

namespace Experiments.Engine.Measurements;

/// <summary>Turns what the sampler and the kernel counted into metrics. Pure.</summary>
internal static class TelemetryMetrics
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Adds the metrics of a trial's processes; what was not measured is left out.</summary>
    /// <param name="metrics">Where to.</param>
    /// <param name="telemetry">What was seen.</param>
    /// <param name="end">How the tree ended.</param>
    internal static void Add(Dictionary<string, double> metrics, TelemetryOutcome telemetry, TreeEnd end)
    {
        if (telemetry.Memory is { Method: not "none", Blind: null }) // a part of the peak is no peak
            AddMemory(metrics, telemetry.Memory);
        if (telemetry.Memory.SharedMemoryFreeBytes is { } free)
            metrics[MetricKeys.MemorySharedFreeMegabytes] = free / Mebibyte;
        if (telemetry.Gpu is { } gpu)
            AddGpu(metrics, gpu);
        if (telemetry.Counters is { } counters)
        {
            AddMachineLoad(metrics, counters, end.Usage);
            AddPressure(metrics, counters);
        }

        if (telemetry.Io is { } io)
        {
            metrics[MetricKeys.IoReadMegabytes] = io.ReadBytes / Mebibyte;
            metrics[MetricKeys.IoWrittenMegabytes] = io.WrittenBytes / Mebibyte;
        }

        var seconds = end.Duration.TotalSeconds;
        metrics[MetricKeys.DurationSeconds] = seconds;
        if (end.Usage is not { } usage || seconds <= 0)
            return;
        metrics[MetricKeys.CpuUtilizationPercentage] = 100 * (usage.UserSeconds + usage.SystemSeconds) / seconds;
        metrics[MetricKeys.CpuContextSwitchesPerSecond] = (usage.VoluntarySwitches + usage.InvoluntarySwitches) / seconds;
        metrics[MetricKeys.CpuUserSeconds] = usage.UserSeconds;
        metrics[MetricKeys.CpuSystemSeconds] = usage.SystemSeconds;
        metrics[MetricKeys.CpuInvoluntarySwitchesPerSecond] = usage.InvoluntarySwitches / seconds;
        metrics[MetricKeys.MemoryMajorFaults] = usage.MajorFaults;
        metrics[MetricKeys.MemoryMinorFaults] = usage.MinorFaults;
        metrics[MetricKeys.DiskReadMegabytes] = usage.BlocksRead * 512 / Mebibyte;
        metrics[MetricKeys.DiskWrittenMegabytes] = usage.BlocksWritten * 512 / Mebibyte;
    }

    /// <summary>Adds the growth of memory; nothing where it was not measured.</summary>
    /// <param name="metrics">Where to.</param>
    /// <param name="growth">The growth.</param>
    internal static void Add(Dictionary<string, double> metrics, GrowthEstimate? growth)
    {
        if (growth is not { } known)
            return;
        metrics[MetricKeys.MemoryGrowthMegabytesPerStep] = known.BytesPerStep / Mebibyte;
        metrics[MetricKeys.MemoryGrowthLowMegabytesPerStep] = known.Low / Mebibyte;
        metrics[MetricKeys.MemoryGrowthHighMegabytesPerStep] = known.High / Mebibyte;
    }

    private static void AddGpu(Dictionary<string, double> metrics, GpuOutcome gpu)
    {
        if (gpu.PeakBytes > 0)
            metrics[MetricKeys.MemoryGpuPeakMegabytes] = gpu.PeakBytes / Mebibyte;
        AddKnown(metrics,
        [
            (MetricKeys.GpuUtilizationPercentage, gpu.UtilizationPercent), (MetricKeys.GpuPowerWatts, gpu.PowerWatts),
            (MetricKeys.GpuTemperatureCelsius, gpu.HottestCelsius), (MetricKeys.GpuThrottledFraction, gpu.ThrottledShare),
        ]);
    }

    private static void AddKnown(Dictionary<string, double> metrics, ReadOnlySpan<(string Key, double? Value)> values)
    {
        foreach (var (key, value) in values)
        {
            if (value is { } known)
                metrics[key] = known;
        }
    }

    private static void AddPressure(Dictionary<string, double> metrics, CounterOutcome counters)
    {
        if (counters.Pressure is not { } stalled || counters.Elapsed <= TimeSpan.Zero)
            return;
        AddKnown(metrics,
        [
            (MetricKeys.PressureCpuSomeFraction, Share(stalled.CpuSome)),
            (MetricKeys.PressureMemorySomeFraction, Share(stalled.MemorySome)), (MetricKeys.PressureMemoryFullFraction, Share(stalled.MemoryFull)),
            (MetricKeys.PressureIoSomeFraction, Share(stalled.IoSome)), (MetricKeys.PressureIoFullFraction, Share(stalled.IoFull)),
        ]);

        double? Share(double? seconds) => seconds is { } known ? Math.Clamp(known / counters.Elapsed.TotalSeconds, 0, 1) : null;
    }

    /// <summary>In less, clock ticks of 10 ms and the engine's own work at a trial's start and end would pass for others' load.</summary>
    private static readonly TimeSpan LeastLoadTime = TimeSpan.FromSeconds(0.5);

    private static void AddMachineLoad(Dictionary<string, double> metrics, CounterOutcome counters, ResourceUsage? usage)
    {
        if (counters.Machine is not { TotalSeconds: > 0 } machine || counters.Elapsed < LeastLoadTime)
            return;
        metrics[MetricKeys.CpuStolenPercentage] = 100 * machine.StolenSeconds / machine.TotalSeconds;
        if ((counters.TreeCpuSeconds ?? usage?.UserSeconds + usage?.SystemSeconds) is { } own)
            metrics[MetricKeys.CpuOtherPercentage] = 100 * (Math.Max(machine.BusySeconds - own, 0) + machine.StolenSeconds) / machine.TotalSeconds;
    }

    private static void AddMemory(Dictionary<string, double> metrics, MemoryUse memory)
    {
        metrics[MetricKeys.MemoryPeakMegabytes] = memory.Peak.UsedBytes / Mebibyte;
        if (memory.Method is not ("job-object" or "phys-footprint")) // they do not tell it apart
            metrics[MetricKeys.MemorySharedMegabytes] = memory.Peak.SharedBytes / Mebibyte;
        if (memory.PeakResidentBytes > 0)
            metrics[MetricKeys.MemoryPeakRssMegabytes] = memory.PeakResidentBytes / Mebibyte;
        if (memory.PeakBoundBytes is not { } bound)
            return;
        metrics[MetricKeys.MemoryPeakBoundMegabytes] = bound / Mebibyte;
        if (memory.Method.StartsWith("cgroup", StringComparison.Ordinal))
            metrics[MetricKeys.MemoryPageCacheMegabytes] = memory.Peak.PageCacheBytes / Mebibyte;
    }
}
