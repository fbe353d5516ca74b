using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.Core.Diagnostics;
using Experiments.Engine.Definitions.Documents;

namespace Experiments.Engine.Definitions.Keys;

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

    /// <summary>The values by key (<see cref="Dictionary{TKey, TValue}"/> of what the value's kind gives), in the order written.</summary>
    public override object? Read(Node node, string path, ReadingContext context)
    {
        if (node is not MappingNode mapping)
            return context.WrongType(path, node, name);
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (key, written) in mapping.Once(path, context))
        {
            var entry = $"{path}.{key.Text}";
            context.Locate(entry, key, written);
            if (!keyForm.IsMatch(key.Text))
                context.Error(DefinitionDiagnostics.InvalidForm, $"{ScalarNode.Quote(key.Text)} in {path}: {allowed}", key);
            if (value.Read(written, entry, context) is { } read)
                values.Add(key.Text, read);
        }
        return values;
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = TextKind.SchemaPattern(keyForm) },
        ["additionalProperties"] = value.Schema(),
    };
}
