using Experiments.Core.Tuning;

namespace Experiments.PyTorch.Segments;

/// <summary>How the training's loader can be swapped while it runs.</summary>
public sealed record SwappableLoader
{
    /// <summary>The setting that the script has by itself.</summary>
    public required LoaderSetting Own { get; init; }

    /// <summary>Whether it can be swapped at all.</summary>
    public required bool CanSwap { get; init; }

    /// <summary>Whether only between epochs: a segment is whole epochs then.</summary>
    public required bool IsBoundToEpochs { get; init; }

    /// <summary>Why it cannot be swapped, or only between epochs; null where it can at any batch.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether torch sees a device, so that pinned memory has an effect.</summary>
    public bool HasDevice { get; init; }

    /// <summary>Whether the dataset is iterable: its workers are not raised above the script's own.</summary>
    public bool IsIterable { get; init; }
}
