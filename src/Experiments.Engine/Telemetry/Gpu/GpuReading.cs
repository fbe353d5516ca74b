namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>The state of one GPU at one moment; null is what the driver does not tell.</summary>
internal sealed record GpuReading
{
    /// <summary>Memory in use on the device, by whomever, in bytes.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>Memory by process number, in bytes; a null value where the driver hides it (containers, WSL).</summary>
    public IReadOnlyDictionary<int, long?> Processes { get; init; } = new Dictionary<int, long?>();

    /// <summary>Share of the last moments in which any kernel ran, 0 to 100; not how full the device was.</summary>
    public int? UtilizationPercent { get; init; }

    /// <summary>Power drawn.</summary>
    public double? PowerWatts { get; init; }

    /// <summary>The chip's temperature.</summary>
    public int? TemperatureCelsius { get; init; }

    /// <summary>Whether clocks are lowered by power, heat or hardware protection.</summary>
    public bool? IsThrottled { get; init; }
}
