using Experiments.Core.Matrix;

namespace Experiments.Core.Plans;

/// <summary>All trials of a sweep in the order in which they run.</summary>
public sealed record Plan
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The seed that the order was drawn from.</summary>
    public required int Seed { get; init; }

    /// <summary>The configurations, in matrix order.</summary>
    public required IReadOnlyList<Configuration> Configurations { get; init; }

    /// <summary>The trials: every configuration once, then again, until all repeats are done; then what the measurements asked for besides.</summary>
    public required IReadOnlyList<PlannedTrial> Trials { get; init; }
}
