using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Tests;

/// <summary>The part of JSON Schema draft 7 that the definition's schema uses; an unknown word in a schema is an error.</summary>
internal static class JsonSchemaJudge
{
    /// <summary>What is wrong with a value by a schema.</summary>
    public static IEnumerable<string> Judge(JsonNode? value, JsonObject schema, string path = "$") => schema.SelectMany(word => word.Key switch
    {
        "$schema" or "title" or "description" => [],
        "type" => Types(word.Value!).Any(type => IsOf(value, type)) ? [] : [$"{path} is not {word.Value!.ToJsonString()}"],
        "enum" => word.Value!.AsArray().Any(valid => JsonNode.DeepEquals(valid, value)) ? [] : [$"{path} is none of {word.Value.ToJsonString()}"],
        "pattern" => value?.GetValueKind() != JsonValueKind.String || Regex.IsMatch(value.GetValue<string>(), word.Value!.GetValue<string>(), RegexOptions.ECMAScript)
            ? [] : [$"{path} does not match"],
        "minLength" => value?.GetValueKind() != JsonValueKind.String || value.GetValue<string>().Length >= word.Value!.GetValue<int>() ? [] : [$"{path} is empty"],
        "minimum" => IsOf(value, "number") && value!.GetValue<double>() < word.Value!.GetValue<double>() ? [$"{path} is too small"] : [],
        "maximum" => IsOf(value, "number") && value!.GetValue<double>() > word.Value!.GetValue<double>() ? [$"{path} is too large"] : [],
        "items" => value is JsonArray list ? list.SelectMany((item, index) => Judge(item, word.Value!.AsObject(), $"{path}[{index}]")) : [],
        "minItems" => value is JsonArray list && list.Count < word.Value!.GetValue<int>() ? [$"{path} is too short"] : [],
        "uniqueItems" => value is JsonArray list && list.DistinctBy(item => item?.ToJsonString()).Count() < list.Count ? [$"{path} repeats"] : [],
        "minProperties" => value is JsonObject mapping && mapping.Count < word.Value!.GetValue<int>() ? [$"{path} has too few keys"] : [],
        "required" => value is JsonObject mapping ? word.Value!.AsArray().Select(key => key!.GetValue<string>()).Where(key => !mapping.ContainsKey(key)).Select(key => $"{path} lacks {key}") : [],
        "propertyNames" => value is JsonObject mapping ? mapping.SelectMany(key => Judge(key.Key, word.Value!.AsObject(), $"{path}.{key.Key}")) : [],
        "oneOf" => word.Value!.AsArray().Count(one => !Judge(value, one!.AsObject(), path).Any()) == 1 ? [] : [$"{path} is not one of"],
        "properties" => value is JsonObject mapping
            ? word.Value!.AsObject().Where(key => mapping.ContainsKey(key.Key)).SelectMany(key => Judge(mapping[key.Key], key.Value!.AsObject(), $"{path}.{key.Key}")) : [],
        "additionalProperties" => value is JsonObject mapping ? Additional(mapping, schema, word.Value!, path) : [],
        _ => throw new NotSupportedException(word.Key),
    });

    /// <summary>A definition's tree as JSON.</summary>
    public static JsonNode? ToJson(Node node) => node switch
    {
        MappingNode mapping => new JsonObject(mapping.Entries.DistinctBy(entry => entry.Key.Text).Select(entry => KeyValuePair.Create(entry.Key.Text, ToJson(entry.Value)))),
        SequenceNode list => new JsonArray([.. list.Items.Select(ToJson)]),
        ScalarNode { Value: { } value } => JsonSerializer.SerializeToNode(value),
        _ => null,
    };

    private static IEnumerable<string> Additional(JsonObject mapping, JsonObject schema, JsonNode rule, string path)
    {
        var others = mapping.Where(key => schema["properties"]?.AsObject().ContainsKey(key.Key) != true);
        return rule is JsonObject below
            ? others.SelectMany(key => Judge(key.Value, below, $"{path}.{key.Key}"))
            : others.Where(_ => !rule.GetValue<bool>()).Select(key => $"{path}.{key.Key} is unknown");
    }

    private static string[] Types(JsonNode types) => types is JsonArray several ? [.. several.Select(type => type!.GetValue<string>())] : [types.GetValue<string>()];

    private static bool IsOf(JsonNode? value, string type) => (type, value?.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => double.IsInteger(value!.GetValue<double>()),
        _ => false,
    };
}
