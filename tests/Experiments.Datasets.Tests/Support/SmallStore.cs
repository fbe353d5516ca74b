using Experiments.Datasets.Stores;

namespace Experiments.Datasets.Tests.Support;

/// <summary>A description with two classes and two modalities.</summary>
internal static class SmallStore
{
    public static StoreDescription Description { get; } = new()
    {
        Name = "small",
        Classes = ["yes", "no"],
        Modalities =
        [
            new ModalityDescription { Name = "text", Features = 3, MaxFrames = 4, Synthetic = false },
            new ModalityDescription { Name = "audio", Features = 2, MaxFrames = 100, FramesPerSecond = 50, Synthetic = true },
        ],
        Columns = ["utterance"],
    };

    public static StoredSample Sample(string id, string split = "train", string label = "yes") =>
        new() { Id = id, Split = split, Label = label, Columns = ["She said \"well, no\",\nand left."] };

    public static IReadOnlyList<ReadOnlyMemory<float>> Frames(int text, int audio) => [new float[text * 3], new float[audio * 2]];
}
