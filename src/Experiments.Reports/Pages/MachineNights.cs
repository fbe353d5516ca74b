namespace Experiments.Reports.Pages;

/// <summary>The nights of one machine, whose figures are never put into one line with another's.</summary>
public sealed record MachineNights
{
    /// <summary>The machine, by its fingerprint.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, for people; its id where no more is known.</summary>
    public required string Description { get; init; }

    /// <summary>Its sweeps in the order of time.</summary>
    public required IReadOnlyList<Night> Nights { get; init; }

    /// <summary>Its configurations, those of the last night first, in matrix order.</summary>
    public required IReadOnlyList<ConfigurationNights> Configurations { get; init; }

    /// <summary>The accepted baseline in a sentence; null where there is none.</summary>
    public string? Baseline { get; init; }
}
