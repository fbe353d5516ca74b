using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions;

/// <summary>The JSON Schema (draft 7, which editors know best) of definitions, made of the same table of keys that the reader uses.</summary>
public static class DefinitionSchema
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema, indented.</summary>
    public static string Json { get; } = Create();

    private static string Create()
    {
        var schema = DefinitionKeys.Root.Schema();
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "Experiment definition");
        var train = schema["properties"]!["train"]!.AsObject();
        train["oneOf"] = new JsonArray([.. TaskKind.Names.Select(task => (JsonNode)new JsonObject { ["required"] = new JsonArray(task) })]);
        var dataset = schema["properties"]!["datasets"]!["additionalProperties"]!.AsObject();
        dataset["oneOf"] = new JsonArray(new JsonObject { ["required"] = new JsonArray("path") }, new JsonObject { ["required"] = new JsonArray("synthetic") });
        return schema.ToJsonString(Options) + "\n";
    }
}
