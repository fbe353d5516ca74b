namespace Experiments.Core.Results;

/// <summary>Peak memory as it is foreseen from earlier trials.</summary>
public sealed record MemoryForecast
{
    /// <summary>The number of workers.</summary>
    public required int NumWorkers { get; init; }

    /// <summary>The peak, in bytes.</summary>
    public required double PeakBytes { get; init; }

    /// <summary>The least that it may well be, in bytes.</summary>
    public required double LowBytes { get; init; }

    /// <summary>The most that it may well be, in bytes.</summary>
    public required double HighBytes { get; init; }

    /// <summary>What it is drawn from, in words and figures.</summary>
    public required string Evidence { get; init; }

    /// <summary>Whether even the least exceeds the limit, or fewer workers have exceeded it already.</summary>
    public bool IsBlowUp { get; init; }
}
