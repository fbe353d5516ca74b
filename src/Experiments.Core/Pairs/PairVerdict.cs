namespace Experiments.Core.Pairs;

/// <summary>What a pair says of the new side.</summary>
public enum PairVerdict
{
    /// <summary>It is not slower than the bound allows.</summary>
    NotSlower,

    /// <summary>It is slower than the bound allows.</summary>
    Slower,

    /// <summary>The time was spent before either was certain.</summary>
    Inconclusive,

    /// <summary>A side could not be measured.</summary>
    NotMeasured,
}
