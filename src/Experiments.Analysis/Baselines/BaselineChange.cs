namespace Experiments.Analysis.Baselines;

/// <summary>What becomes of a configuration when a sweep is accepted.</summary>
public enum BaselineChange
{
    /// <summary>Both have it; its repeats are replaced.</summary>
    Kept,

    /// <summary>The sweep did not measure it: later sweeps have nothing to compare it with.</summary>
    Lost,

    /// <summary>The baseline in force does not have it.</summary>
    New,
}
