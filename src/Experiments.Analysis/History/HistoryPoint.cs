namespace Experiments.Analysis.History;

/// <summary>One night's result of one configuration.</summary>
/// <param name="At">When it was measured.</param>
/// <param name="Value">The metric's median over the repeats, above 0.</param>
/// <param name="Commit">The commit measured, or null.</param>
/// <param name="SweepId">The sweep.</param>
public sealed record HistoryPoint(DateTimeOffset At, double Value, string? Commit, string SweepId)
{
    /// <summary>The least of the repeats.</summary>
    public double Low { get; init; } = Value;

    /// <summary>The greatest of the repeats.</summary>
    public double High { get; init; } = Value;

    /// <summary>What people know it by: the commit's first ten letters, else the sweep.</summary>
    public string Name => Commit is { } commit ? commit[..Math.Min(commit.Length, 10)] : $"sweep {SweepId}";
}
