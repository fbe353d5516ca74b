using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Data.FeatureStores;

/// <summary>The content of <c>dataset.json</c>.</summary>
internal sealed record StoreDescription
{
    public const string FileName = "dataset.json";
    private const int KnownVersion = 1;

    private static readonly JsonSerializerOptions Format = new() { RespectNullableAnnotations = true, AllowDuplicateProperties = false };

    [JsonPropertyName("schemaVersion")]
    public required int SchemaVersion { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("samples")]
    public required int Samples { get; init; }

    [JsonPropertyName("classes")]
    public required string[] Classes { get; init; }

    [JsonPropertyName("modalities")]
    public required Dictionary<string, Modality> Modalities { get; init; }

    [JsonPropertyName("synthetic")]
    public string[] Synthetic { get; init; } = [];

    /// <exception cref="DataFormatException">The file is missing, malformed, of another version, or contradicts itself.</exception>
    public static StoreDescription Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        StoreDescription? description;
        try
        {
            description = JsonSerializer.Deserialize<StoreDescription>(File.ReadAllBytes(file), Format);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException(DataFault.Unreadable, file, "file", "a readable file", problem.Message.TrimEnd('.'));
        }
        catch (JsonException problem)
        {
            throw new DataFormatException(DataFault.BadDescription, file, problem.Path ?? "JSON", "a description of a feature store", problem.Message.TrimEnd('.'));
        }

        return Check(description, file);
    }

    private static StoreDescription Check(StoreDescription? description, string file)
    {
        Require(description is not null, DataFault.BadDescription, "JSON", "an object", "null");
        Require(description!.SchemaVersion == KnownVersion, DataFault.UnknownVersion, "schemaVersion", $"{KnownVersion}", $"{description.SchemaVersion}");
        Require(description.Samples >= 0, DataFault.BadDescription, "samples", "0 or more", $"{description.Samples}");
        Require(description.Classes.Length > 0, DataFault.BadDescription, "classes", "at least one class", "none");
        Require(description.Modalities.Count > 0, DataFault.BadDescription, "modalities", "at least one modality", "none");
        var repeated = description.Classes.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        Require(repeated is null, DataFault.BadDescription, "classes", "different names", $"'{repeated?.Key}' twice");
        foreach (var (name, modality) in description.Modalities)
        {
            Require(IsFileName(name), DataFault.BadDescription, "modalities", "names of letters, digits, '-' and '_' that do not end in '_offsets'", $"'{name}'");
            Require(modality.Features > 0, DataFault.BadDescription, $"modalities.{name}.features", "1 or more", $"{modality.Features}");
            Require(modality.MaxFrames > 0, DataFault.BadDescription, $"modalities.{name}.max_frames", "1 or more", $"{modality.MaxFrames}");
            Require(modality.FramesPerSecond is null or > 0, DataFault.BadDescription, $"modalities.{name}.frames_per_second", "a number above 0, or null", $"{modality.FramesPerSecond}");
        }

        return description;

        void Require(bool holds, DataFault fault, string field, string expected, string found)
        {
            if (!holds)
            {
                throw new DataFormatException(fault, file, field, expected, found);
            }
        }
    }

    private static bool IsFileName(string name) => name.Length > 0 && !name.EndsWith("_offsets", StringComparison.Ordinal)
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
