namespace Experiments.Datasets.Meld;

/// <summary>Which modalities a MELD-DA store gets.</summary>
public enum MeldFeatures
{
    /// <summary>Text, video and audio; about 0.8 MB a sample.</summary>
    All,

    /// <summary>Text alone, which is real; about 30 KB a sample.</summary>
    TextOnly,
}
