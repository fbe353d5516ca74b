namespace Experiments.Core.Pairs;

/// <summary>Which of two trials that run side by side.</summary>
public enum PairSide
{
    /// <summary>What is compared with: the older code, or the setting in use.</summary>
    Old,

    /// <summary>What is asked about: the working tree, or the other setting.</summary>
    New,
}
