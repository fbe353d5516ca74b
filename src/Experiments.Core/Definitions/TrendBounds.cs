namespace Experiments.Core.Definitions;

/// <summary>What the history of sweeps may lose for good.</summary>
public sealed record TrendBounds
{
    /// <summary>Most percent lost; <c>trend.max_slowdown</c>.</summary>
    public double? MaxSlowdownPercent { get; init; }

    /// <summary>Slowdowns that are known; <c>trend.suppress</c>.</summary>
    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];
}
