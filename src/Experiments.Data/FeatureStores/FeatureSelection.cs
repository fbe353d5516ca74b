using static TorchSharp.torch;

namespace Experiments.Data.FeatureStores;

/// <summary>Which features a source has, and how batches of them look.</summary>
public sealed record FeatureSelection
{
    /// <summary>Modalities by name; null (the default) is all of them, in the order of <c>dataset.json</c>.</summary>
    public IReadOnlyList<string>? Modalities { get; init; }

    /// <summary>Element type of features in the batch. Default float32.</summary>
    public ScalarType Type { get; init; } = ScalarType.Float32;

    /// <summary>How far samples are padded. Default: to the longest of the batch, which takes several times less memory than the maximum.</summary>
    public PaddingMode Padding { get; init; } = PaddingMode.Longest;

    /// <summary>Whether batches have masks (<c>NAME_mask</c>). Default true. They have lengths in any case.</summary>
    public bool Masks { get; init; } = true;

    /// <summary>Most frames by modality, where the store's own maximum is not wanted. Default none.</summary>
    public IReadOnlyDictionary<string, int> MaxFrames { get; init; } = new Dictionary<string, int>();
}
