using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Datasets.Stores;
using Experiments.Datasets.Synthetic;
using Experiments.Datasets.Text;

namespace Experiments.Datasets.Meld;

/// <summary>Writes utterances as a feature store.</summary>
internal sealed class MeldStore(MeldOptions options, IReadOnlyDictionary<string, JsonNode?> source)
{
    private const int Text = 0;

    private static readonly IReadOnlyList<ModalityDescription> Shapes = SyntheticProfiles.MeldDa.Modalities;

    private readonly IReadOnlyList<ModalityDescription> modalities =
        [.. Shapes.Select((shape, i) => shape with { Synthetic = i != Text }).Take(options.Features == MeldFeatures.TextOnly ? 1 : Shapes.Count)];

    /// <summary>In words: what of the store is synthetic.</summary>
    public IReadOnlyList<string> Synthetic => options.Features == MeldFeatures.TextOnly ? [] :
    [
        "video: Gaussian content of the real duration, " + Signal,
        "audio: Gaussian content of the real duration, " + Signal,
    ];

    private string Signal => options.SyntheticSignal == 0
        ? "the same for every label"
        : string.Create(CultureInfo.InvariantCulture, $"with class means of standard deviation {options.SyntheticSignal}, which give the label away");

    public static bool IsCut(TimeSpan duration, int tokens) =>
        tokens > Shapes[Text].MaxFrames || Shapes.Skip(1).Any(shape => Frames(shape, duration) > shape.MaxFrames);

    public void Write(string folder, IReadOnlyList<Utterance> utterances, IReadOnlyList<string> splits, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var tokens = utterances.Select(utterance => TextTokens.Of(utterance.Text)).ToList();
        var content = modalities.Select((modality, i) => new ContentModel(i, modality.Features, DialogueActs.Names.Count, (float)options.SyntheticSignal, options.Seed)).ToArray();
        var classes = DialogueActs.Names.Index().ToDictionary(each => each.Item, each => each.Index, StringComparer.Ordinal);
        var labels = utterances.Select(utterance => classes[utterance.Label]).ToArray();
        using var writer = new FeatureStoreWriter(folder, Describe());
        new BlockWriter(writer, modalities).Write(
            [.. utterances.Select((utterance, i) => Row(utterance, splits[i]))],
            (sample, modality) => modality == Text
                ? Math.Min(tokens[sample].Count, modalities[Text].MaxFrames)
                : Math.Clamp(Frames(modalities[modality], utterances[sample].Duration), 1, modalities[modality].MaxFrames),
            (sample, modality, frames) =>
            {
                if (modality == Text)
                    FillText(tokens[sample], frames);
                else
                    content[modality].Fill(sample, labels[sample], frames);
            },
            progress,
            cancellationToken);
        writer.Complete();
    }

    private static int Frames(ModalityDescription modality, TimeSpan duration) => (int)Math.Round(duration.TotalSeconds * modality.FramesPerSecond!.Value);

    private static void FillText(IReadOnlyList<string> tokens, Span<float> frames)
    {
        var features = Shapes[Text].Features;
        for (var i = 0; i * features < frames.Length; i++)
            NGramFeatures.Fill(tokens[i], frames.Slice(i * features, features));
    }

    private static StoredSample Row(Utterance utterance, string split) => new()
    {
        Id = $"dia{utterance.Dialogue}_utt{utterance.Number}",
        Split = split,
        Label = utterance.Label,
        Columns = [utterance.Duration.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture), utterance.Text],
    };

    private StoreDescription Describe() => new()
    {
        Name = SyntheticProfiles.MeldDa.DatasetName,
        Classes = DialogueActs.Names,
        Modalities = modalities,
        Columns = ["duration_s", "utterance"],
        Synthetic = Synthetic,
        Source = source,
    };
}
