using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>A mapping whose keys the user chooses.</summary>
/// <param name="name">What the mapping is.</param>
/// <param name="keyForm">The pattern of valid keys.</param>
/// <param name="allowed">The pattern in words.</param>
/// <param name="value">What each value is.</param>
internal sealed class MapKind(string name, Regex keyForm, string allowed, ValueKind value) : ValueKind
{
    public override string Name => name;

    /// <summary>What each value is.</summary>
    public ValueKind Value => value;

    /// <summary>The property of a record that has its key; null where the values are texts.</summary>
    public string? KeyProperty { get; init; }

    /// <summary>The texts by key, or the records, each with its key; in the order written.</summary>
    public override object? Read(Node node, string path, ReadingContext context)
    {
        if (node is not MappingNode mapping)
            return context.WrongType(path, node, name);
        var values = new OrderedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (key, written) in mapping.Once(path, context))
        {
            var entry = $"{path}.{key.Text}";
            context.Locate(entry, key, written);
            if (!keyForm.IsMatch(key.Text))
                context.Error(DefinitionDiagnostics.InvalidForm, $"{ScalarNode.Quote(key.Text)} in {path}: {allowed}", key);
            if (value.Read(written, entry, context) is { } read)
                values.Add(key.Text, read);
        }
        if (KeyProperty is null)
            return values.ToDictionary(entry => entry.Key, entry => (string)entry.Value, StringComparer.Ordinal);
        var records = Array.CreateInstance(((SectionKind)value).Record, values.Count);
        foreach (var (index, (key, record)) in values.Index())
        {
            record.GetType().GetProperty(KeyProperty)!.SetValue(record, key);
            records.SetValue(record, index);
        }
        return records;
    }

    public override JsonNode Write(object value, DefinitionPaths paths) => new JsonObject(KeyProperty is null
        ? ((IEnumerable<KeyValuePair<string, string>>)value).Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Value.Write(entry.Value, paths)))
        : ((IEnumerable<object>)value).Select(record => KeyValuePair.Create((string)record.GetType().GetProperty(KeyProperty)!.GetValue(record)!, (JsonNode?)Value.Write(record, paths))));

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = TextKind.SchemaPattern(keyForm) },
        ["additionalProperties"] = value.Schema(),
    };
}
