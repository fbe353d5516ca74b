using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Datasets.Stores;

namespace Experiments.Datasets.Synthetic;

/// <summary>Makes a feature store out of nothing that has the shape of a real dataset and can be learned from.</summary>
public static class SyntheticDataset
{
    // Chosen so that the classes can be told by a small network, though not at a glance: see docs/datasets.md.
    private static readonly float[] Signals = [0.06f, 0.04f, 0.04f];

    /// <summary>Writes a store. Equal options give equal bytes, on any number of cores.</summary>
    /// <param name="options">Profile, number of samples, seed.</param>
    /// <param name="folder">The store's folder; it must not exist, or be empty.</param>
    /// <param name="progress">Told the number of samples written; may be null.</param>
    /// <param name="cancellationToken">Stops, and leaves nothing behind.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer samples than classes.</exception>
    /// <exception cref="IOException">The folder holds something already, or the disk is full.</exception>
    public static void Create(SyntheticOptions options, string folder, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var profile = options.Profile;
        if (options.Samples < profile.Classes.Count)
            throw new ArgumentOutOfRangeException(nameof(options), options.Samples, $"{profile.Name} has {profile.Classes.Count} classes, and a dataset at least one sample of each.");

        var draws = SampleDraw.DrawAll(options);
        var content = profile.Modalities
            .Select((modality, i) => new ContentModel(i, modality.Features, profile.Classes.Count, Signals[i], options.Seed))
            .ToArray();

        using var writer = new FeatureStoreWriter(folder, Describe(options));
        new BlockWriter(writer, profile.Modalities).Write(
            [.. draws.Select((draw, i) => Row(profile, draw, i))],
            (sample, modality) => draws[sample].Frames(profile.Modalities[modality]),
            (sample, modality, frames) => content[modality].Fill(sample, draws[sample].Class, frames),
            progress,
            cancellationToken);
        writer.Complete();
    }

    private static StoredSample Row(SyntheticProfile profile, SampleDraw draw, int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{profile.Name}-{number:D6}"),
        Split = Splits.Names[draw.Split],
        Label = profile.Classes[draw.Class].Name,
        Columns = [draw.DurationSeconds.ToString("F3", CultureInfo.InvariantCulture)],
    };

    private static StoreDescription Describe(SyntheticOptions options) => new()
    {
        Name = options.Profile.DatasetName,
        Classes = [.. options.Profile.Classes.Select(share => share.Name)],
        Modalities = options.Profile.Modalities,
        Columns = ["duration_s"],
        Synthetic = [$"everything: labels, durations and features are drawn from the profile {options.Profile.Name}"],
        Source = new Dictionary<string, JsonNode?>
        {
            ["profile"] = options.Profile.Name,
            ["seed"] = options.Seed,
        },
    };
}
