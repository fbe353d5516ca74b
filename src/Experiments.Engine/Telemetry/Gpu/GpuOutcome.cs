namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>What was seen of a trial's GPUs.</summary>
internal sealed record GpuOutcome
{
    /// <summary>Most memory that the trial's processes held, summed over its devices.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>What limits the truth of it; null when nothing does.</summary>
    public string? Reason { get; init; }

    /// <summary>Mean share of time in which a kernel ran, 0 to 100; null when not told.</summary>
    public double? UtilizationPercent { get; init; }

    /// <summary>Mean power; null when not told.</summary>
    public double? PowerWatts { get; init; }

    /// <summary>Highest temperature; null when not told.</summary>
    public int? HottestCelsius { get; init; }

    /// <summary>Share of readings with lowered clocks, 0 to 1; null when not told.</summary>
    public double? ThrottledShare { get; init; }

    /// <summary>Processes of others on the devices, before the trial or beside it: its figures are disturbed.</summary>
    public int OtherProcesses { get; init; }
}
