namespace Experiments.Core.Pairs;

/// <summary>How a search for a commit ended.</summary>
public enum BisectionVerdict
{
    /// <summary>The time was spent before a commit was certain, or those that are left cannot be measured.</summary>
    Inconclusive,

    /// <summary>A commit was found, and a pair of it and its parent confirms it.</summary>
    Found,

    /// <summary>The bad commit is not slower than the good one.</summary>
    NotSlower,

    /// <summary>One of both ends cannot be measured.</summary>
    NotMeasured,
}
