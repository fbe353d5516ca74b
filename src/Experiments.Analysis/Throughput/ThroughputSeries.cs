namespace Experiments.Analysis.Throughput;

/// <summary>What was measured of one configuration, before and now.</summary>
public sealed record ThroughputSeries
{
    /// <summary>The configuration's id.</summary>
    public required string Id { get; init; }

    /// <summary>The baseline's repeats in their order, samples a second; empty when it has none.</summary>
    public required IReadOnlyList<double> Baseline { get; init; }

    /// <summary>This sweep's measured trials.</summary>
    public required IReadOnlyList<ThroughputObservation> Current { get; init; }
}
