namespace Experiments.Datasets.Stores;

/// <summary>One modality of a feature store, as <c>dataset.json</c> has it.</summary>
public sealed record ModalityDescription
{
    /// <summary>The modality's name, and that of its files: <c>text</c>, <c>video</c>, <c>audio</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Values a frame.</summary>
    public required int Features { get; init; }

    /// <summary>The most frames that a sample has.</summary>
    public required int MaxFrames { get; init; }

    /// <summary>Frames a second; null where a frame is a token.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Whether the features were made up rather than taken from recordings.</summary>
    public required bool Synthetic { get; init; }
}
