using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Core.Definitions;

/// <summary>Tells whether two definitions measure the same.</summary>
/// <remarks>
/// All that a trial is made of counts: task, datasets, matrix, limits, repeats and seed, defaults included. What is judged or
/// recorded afterwards (<c>gates</c>, <c>mlflow</c>), where trials run (<c>executor</c>; results say the machine), the machine's name, the file's name and place, and the order of axes and values do not.
/// The contents of scripts and datasets do not count either.
/// </remarks>
public static class DefinitionHash
{
    private static readonly string[] NotMeasured = ["file", "source", "gates", "mlflow", "executor", "machine"];

    /// <summary>64 hexadecimal digits of the SHA-256 of <see cref="CanonicalJson"/>.</summary>
    /// <param name="definition">The definition.</param>
    public static string Of(ExperimentDefinition definition) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson(definition))));

    /// <summary>What counts, as JSON with sorted keys and paths relative to the definition's folder.</summary>
    /// <param name="definition">The definition.</param>
    public static string CanonicalJson(ExperimentDefinition definition)
    {
        var whole = JsonSerializer.SerializeToNode(definition, ExperimentsJson.Compact.ExperimentDefinition)!.AsObject();
        foreach (var key in NotMeasured)
            whole.Remove(key);
        var folder = Path.GetDirectoryName(Path.GetFullPath(definition.File)) ?? Path.GetFullPath(".");
        var train = whole["train"]!.AsObject();
        train.Remove("setup"); // old code is made ready with them, and nothing of today's
        train.Remove("share");
        train["workingDirectory"] ??= folder;
        foreach (var key in new[] { "workingDirectory", "script", "assembly", "python" })
            MakeRelative(train, key, folder);
        if (train["command"] is JsonArray { Count: > 0 } command && Relative(command[0]!.GetValue<string>(), folder) is { } program)
            command[0] = program;
        foreach (var dataset in whole["datasets"]!.AsArray())
            MakeRelative(dataset!.AsObject(), "path", folder);
        whole["datasets"] = Sorted(whole["datasets"]!.AsArray());
        foreach (var axis in whole["matrix"]!["axes"]!.AsArray())
            axis!["values"] = Sorted(axis["values"]!.AsArray());
        whole["matrix"]!["axes"] = Sorted(whole["matrix"]!["axes"]!.AsArray());
        whole["matrix"]!["exclude"] = Sorted(whole["matrix"]!["exclude"]!.AsArray()); // include's order matters
        return WithSortedKeys(whole)!.ToJsonString(ExperimentsJson.Compact.Options);
    }

    private static JsonArray Sorted(JsonArray items) =>
        [.. items.OrderBy(item => WithSortedKeys(item)!.ToJsonString(ExperimentsJson.Compact.Options), StringComparer.Ordinal).Select(item => item!.DeepClone())];

    private static JsonNode? WithSortedKeys(JsonNode? node) => node switch
    {
        JsonObject mapping => new JsonObject(mapping.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, WithSortedKeys(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithSortedKeys)]),
        _ => node?.DeepClone(),
    };

    private static void MakeRelative(JsonObject owner, string key, string folder)
    {
        if (owner[key] is { } path && Relative(path.GetValue<string>(), folder) is { } relative)
            owner[key] = relative;
    }

    private static string? Relative(string path, string folder) =>
        Path.IsPathFullyQualified(path) ? Path.GetRelativePath(folder, path).Replace('\\', '/') : null;
}
