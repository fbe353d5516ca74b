using System.Globalization;

namespace Experiments.Datasets.Synthetic;

/// <summary>Which synthetic dataset to make. Equal options make equal bytes.</summary>
public sealed record SyntheticOptions
{
    private const int ContentVersion = 1;

    /// <summary>The dataset to imitate.</summary>
    public required SyntheticProfile Profile { get; init; }

    /// <summary>How many samples, over all splits; at least one a class; default 512.</summary>
    public int Samples { get; init; } = 512;

    /// <summary>The seed; default 0.</summary>
    public long Seed { get; init; }

    /// <summary>A folder name for caches, which changes whenever the bytes would: <c>meld-da-512-0-v1</c>.</summary>
    public string CacheName => string.Create(CultureInfo.InvariantCulture, $"{Profile.Name}-{Samples}-{Seed}-v{ContentVersion}");
}
