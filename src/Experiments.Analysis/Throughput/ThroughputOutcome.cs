namespace Experiments.Analysis.Throughput;

/// <summary>What the comparison of one configuration with its baseline says.</summary>
public enum ThroughputOutcome
{
    /// <summary>No slowdown beyond the bound is seen.</summary>
    Unchanged,

    /// <summary>Slower, significantly and by more than the bound.</summary>
    Regressed,

    /// <summary>Slower by more than the bound, but the noise could have done it.</summary>
    Unclear,

    /// <summary>Slower by more than the bound, but no more than the machine's own drift, or what other programs took of it, explains.</summary>
    MachineDrift,

    /// <summary>One side has no measurement.</summary>
    NotCompared,
}
