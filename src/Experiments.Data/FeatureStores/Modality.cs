using System.Text.Json.Serialization;

namespace Experiments.Data.FeatureStores;

/// <summary>One kind of features, as <c>dataset.json</c> describes it.</summary>
public sealed record Modality
{
    /// <summary>Values a frame.</summary>
    [JsonPropertyName("features")]
    public required int Features { get; init; }

    /// <summary>Frames that batches are padded or cut to.</summary>
    [JsonPropertyName("max_frames")]
    public required int MaxFrames { get; init; }

    /// <summary>Frames a second; null where frames are not moments, as with tokens.</summary>
    [JsonPropertyName("frames_per_second")]
    public double? FramesPerSecond { get; init; }

    /// <summary>Whether the values are made up rather than taken from real material.</summary>
    [JsonPropertyName("synthetic")]
    public bool Synthetic { get; init; }
}
