using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Experiments.Datasets.Stores;

namespace Experiments.Datasets.Meld;

/// <summary>
/// Makes a feature store of MELD's utterances with EMOTyDA's dialogue acts: labels, words and durations are real, video and audio synthetic.
/// </summary>
public static class MeldDataset
{
    private const int FewestSamples = 10;

    /// <summary>Reads the annotations, cleans them and writes the store.</summary>
    /// <param name="annotations">Folder with <c>emotyda_meld.csv</c> and <c>train_</c>, <c>dev_</c> and <c>test_sent_emo.csv</c>.</param>
    /// <param name="folder">The store's folder; it must not exist, or be empty.</param>
    /// <param name="options">How many samples, which features.</param>
    /// <param name="progress">Told the number of samples written; may be null.</param>
    /// <param name="cancellationToken">Stops, and leaves nothing behind.</param>
    /// <returns>What became of the annotations, with a counted warning for each kind of flaw.</returns>
    /// <exception cref="FileNotFoundException">A file of the annotations is missing.</exception>
    /// <exception cref="InvalidDataException">A column is missing, or no utterance is fit for use.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than ten samples, or a negative signal.</exception>
    /// <exception cref="IOException">The folder holds something already, or the disk is full.</exception>
    public static MeldReport Build(string annotations, string folder, MeldOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        if (options.Samples < FewestSamples)
            throw new ArgumentOutOfRangeException(nameof(options), options.Samples, $"A MELD-DA store has at least {FewestSamples} samples.");
        if (options.SyntheticSignal is < 0 or double.NaN)
            throw new ArgumentOutOfRangeException(nameof(options), options.SyntheticSignal, "The signal is a standard deviation, at least 0.");
        var files = MeldFiles.All.ToDictionary(name => name, name => AnnotationFile.Read(annotations, name));
        var flaws = new FlawCounter();
        var usable = new MeldCleaning(flaws).Clean(files[MeldFiles.DialogueActs], files[MeldFiles.Train], [.. files[MeldFiles.Dev], .. files[MeldFiles.Test]]);
        if (usable.Count == 0)
            throw new InvalidDataException($"No utterance in '{annotations}' is fit for use: {string.Join("; ", flaws.Warnings())}.");

        var splitOf = DialogueSplit.Of(usable, options.Seed);
        var chosen = DialogueSplit.Choose(splitOf, options.Samples ?? usable.Count, options.Seed);
        var utterances = chosen.Select(i => usable[i]).ToList();
        var splits = chosen.Select(i => Splits.Names[splitOf[i]]).ToList();
        var store = new MeldStore(options, Source(annotations, options));
        store.Write(folder, utterances, splits, progress, cancellationToken);
        return new MeldReport
        {
            // A training row of MELD is the same utterance as EMOTyDA's row of that number; it counts by itself only where EMOTyDA lacks it.
            RowsRead = usable.Count + flaws.Rejected,
            Usable = usable.Count,
            Samples = Splits.Names.ToDictionary(name => name, name => splits.Count(split => split == name)),
            DevMajorityShare = MajorityShare([.. utterances.Where((_, i) => splits[i] == "dev").Select(utterance => utterance.Label)]),
            Warnings = flaws.Warnings(),
            Synthetic = store.Synthetic,
        };
    }

    private static double MajorityShare(IReadOnlyList<string> labels) =>
        labels.Count == 0 ? 0 : labels.GroupBy(label => label).Max(group => group.Count()) / (double)labels.Count;

    private static Dictionary<string, JsonNode?> Source(string annotations, MeldOptions options) => new()
    {
        ["annotations"] = new JsonObject(MeldFiles.All.Select(name => KeyValuePair.Create(name, (JsonNode?)Checksum(Path.Combine(annotations, name))))),
        ["samples"] = options.Samples,
        ["seed"] = options.Seed,
        ["splits"] = "70/10/20 by dialogue: MELD's own dev and test utterances have no dialogue acts",
        ["text"] = "hashed character n-grams of each word and mark, scaled to length 1",
    };

    private static string Checksum(string path)
    {
        using var file = File.OpenRead(path);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
