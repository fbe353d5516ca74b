namespace Experiments.Core.Pairs;

/// <summary>Old code against new, or one configuration against another, pair by pair.</summary>
public sealed record ComparisonReport
{
    /// <summary>Version of the layout.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>What is compared with: a commit, or a configuration.</summary>
    public required string Old { get; init; }

    /// <summary>What is asked about: the working tree with its commit, or a configuration.</summary>
    public required string New { get; init; }

    /// <summary>The largest slowdown that is allowed, a fraction.</summary>
    public required double Bound { get; init; }

    /// <summary>The pairs.</summary>
    public required IReadOnlyList<PairComparison> Pairs { get; init; }
}
