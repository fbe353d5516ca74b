namespace Experiments.Core.Pairs;

/// <summary>Which of the commits between two made a training slower.</summary>
public sealed record BisectionReport
{
    /// <summary>Version of the layout.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>The configuration that was measured, such as <c>num_workers=4</c>.</summary>
    public required string Configuration { get; init; }

    /// <summary>The commit that is as fast as it should be.</summary>
    public required string Good { get; init; }

    /// <summary>The commit that is slower.</summary>
    public required string Bad { get; init; }

    /// <summary>The verdict.</summary>
    public BisectionVerdict Verdict { get; init; } = BisectionVerdict.Inconclusive;

    /// <summary>The bad commit against the good one; null before it was measured.</summary>
    public PairComparison? Effect { get; init; }

    /// <summary>The commits after the good one up to the bad one, oldest first, of the first parents.</summary>
    public required IReadOnlyList<BisectedCommit> Commits { get; init; }

    /// <summary>The commit that was found against its parent; null before it was measured, or where the parent cannot be.</summary>
    public PairComparison? Confirmation { get; init; }

    /// <summary>What is to be known beside it; null: nothing.</summary>
    public string? Note { get; init; }
}
