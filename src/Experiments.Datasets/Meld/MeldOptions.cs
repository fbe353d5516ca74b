namespace Experiments.Datasets.Meld;

/// <summary>How a MELD-DA store is made.</summary>
public sealed record MeldOptions
{
    /// <summary>Samples over all splits, chosen at random by <see cref="Seed"/>; default 2000 (1.6 GB). Null takes all (about 10,000; 8 GB).</summary>
    public int? Samples { get; init; } = 2000;

    /// <summary>Which modalities; default all.</summary>
    public MeldFeatures Features { get; init; }

    /// <summary>
    /// Standard deviation of the class means in the synthetic video and audio; default 0: they say nothing about the label, so that
    /// whatever accuracy a model reaches comes from the real text. The synthetic profiles use 0.02.
    /// </summary>
    public double SyntheticSignal { get; init; }

    /// <summary>Seed of the split, the choice of samples, and the synthetic content; default 0.</summary>
    public long Seed { get; init; }
}
