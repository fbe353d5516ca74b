using Experiments.Datasets.Stores;

namespace Experiments.Datasets.Synthetic;

/// <summary>The measurements of a real dataset that a synthetic one imitates.</summary>
public sealed record SyntheticProfile
{
    /// <summary>The profile's name, as users write it: <c>meld-da</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The imitated dataset's name: <c>MELD-DA</c>.</summary>
    public required string DatasetName { get; init; }

    /// <summary>The classes with their shares.</summary>
    public required IReadOnlyList<ClassShare> Classes { get; init; }

    /// <summary>How long utterances are.</summary>
    public required DurationDistribution Durations { get; init; }

    /// <summary>Median rate of speech, in words a second.</summary>
    public double WordsPerSecond { get; init; } = 2.57;

    /// <summary>Text, video and audio: features, most frames, frames a second.</summary>
    public required IReadOnlyList<ModalityDescription> Modalities { get; init; }
}
