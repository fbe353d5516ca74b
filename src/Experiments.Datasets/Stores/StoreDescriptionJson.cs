using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Datasets.Stores;

/// <summary>Writes <c>dataset.json</c>.</summary>
internal static class StoreDescriptionJson
{
    private const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file, never HTML
    };

    public static string Write(StoreDescription description, int samples)
    {
        var root = new JsonObject
        {
            ["schemaVersion"] = SchemaVersion,
            ["name"] = description.Name,
            ["samples"] = samples,
            ["classes"] = new JsonArray([.. description.Classes.Select(name => JsonValue.Create(name))]),
            ["modalities"] = new JsonObject(description.Modalities.Select(modality => KeyValuePair.Create(modality.Name, (JsonNode?)Node(modality)))),
            ["synthetic"] = new JsonArray([.. description.Synthetic.Select(part => JsonValue.Create(part))]),
            ["source"] = new JsonObject(description.Source.Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))),
        };
        return root.ToJsonString(Options) + "\n";
    }

    private static JsonObject Node(ModalityDescription modality) => new JsonObject
    {
        ["features"] = modality.Features,
        ["max_frames"] = modality.MaxFrames,
        ["frames_per_second"] = modality.FramesPerSecond,
        ["synthetic"] = modality.Synthetic,
    };
}
