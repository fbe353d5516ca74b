namespace Experiments.Analysis.Throughput;

/// <summary>What was measured of one configuration, before and now.</summary>
public sealed record ThroughputSeries
{
    /// <summary>The configuration's id.</summary>
    public required string Id { get; init; }

    /// <summary>The baseline's repeats in their order, samples a second; empty when it has none.</summary>
    public required IReadOnlyList<double> Baseline { get; init; }

    /// <summary>The share of the machine that other programs took during the baseline's repeats, 0 to 1; empty where nobody looked.</summary>
    public IReadOnlyList<double> BaselineOtherShares { get; init; } = [];

    /// <summary>This sweep's measured trials.</summary>
    public required IReadOnlyList<ThroughputObservation> Current { get; init; }

    /// <summary>Whether it is a good control: one without workers depends least on what a sweep varies.</summary>
    public bool PreferredControl { get; init; }
}
