namespace Experiments.Data.FeatureStores;

/// <summary>The parts of a dataset.</summary>
public enum Split
{
    /// <summary>What is trained on.</summary>
    Train,

    /// <summary>What settings are chosen by.</summary>
    Dev,

    /// <summary>What the result is measured on.</summary>
    Test,
}
