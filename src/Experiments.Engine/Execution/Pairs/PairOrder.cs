using Experiments.Core.Pairs;

namespace Experiments.Engine.Execution.Pairs;

/// <summary>Two trials to run side by side.</summary>
public sealed record PairOrder
{
    /// <summary>What is compared with.</summary>
    public required TrialOrder Old { get; init; }

    /// <summary>What is asked about.</summary>
    public required TrialOrder New { get; init; }

    /// <summary>Training steps of each side before the turns begin.</summary>
    public required int WarmupSteps { get; init; }

    /// <summary>Who starts first: one start is faster than another by its place, so that it must change from start to start.</summary>
    public required PairSide StartsFirst { get; init; }

    /// <summary>Draws who runs first in a block; in the next block it is the other.</summary>
    public required int Seed { get; init; }
}
