using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Engine.Definitions.Documents;

namespace Experiments.Engine.Definitions.Keys;

/// <summary>A mapping with keys that the program knows.</summary>
/// <param name="keys">The keys.</param>
internal sealed class SectionKind(params DefinitionKey[] keys) : ValueKind
{
    public override string Name => "a mapping";

    /// <summary>The keys, in the order in which they are documented.</summary>
    public IReadOnlyList<DefinitionKey> Keys => keys;

    /// <summary>The <see cref="Section"/>, without the values that were wrong.</summary>
    public override object? Read(Node node, string path, ReadingContext context)
    {
        if (node is not MappingNode mapping)
            return context.WrongType(path.Length == 0 ? "the definition" : path, node, $"a mapping with the keys {string.Join(", ", keys.Select(key => key.Name))}");
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in mapping.Once(path, context))
        {
            var key = Array.Find(keys, key => key.Name == name.Text);
            var keyPath = path.Length == 0 ? name.Text : $"{path}.{name.Text}";
            written.Add(name.Text);
            context.Locate(keyPath, name, value);
            if (key is null)
                context.Error(DefinitionDiagnostics.UnknownKey, Unknown(name.Text, path, context), name);
            else if (key.Kind.Read(value, keyPath, context) is { } read)
                values.Add(key.Name, read);
        }
        foreach (var key in keys)
            if (key.IsRequired && !written.Contains(key.Name) && !context.IsMeant(path.Length == 0 ? key.Name : $"{path}.{key.Name}"))
                context.Error(DefinitionDiagnostics.MissingKey, $"the key \"{key.Name}\" is missing{(path.Length == 0 ? "" : $" in {path}")}; expected {key.Kind.PlainName}", mapping);
        return new Section(values);
    }

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var key in keys)
        {
            var schema = key.Kind.Schema();
            schema["description"] = key.Default is null ? key.Meaning : $"{key.Meaning} Default: {key.Default}.";
            properties[key.Name] = schema;
        }
        var section = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (Array.Exists(keys, key => key.IsRequired))
            section["required"] = new JsonArray([.. keys.Where(key => key.IsRequired).Select(key => (JsonNode)key.Name)]);
        return section;
    }

    private string Unknown(string word, string path, ReadingContext context)
    {
        var place = path.Length == 0 ? "" : $" in {path}";
        if (Spelling.Nearest(word, keys.Select(key => key.Name)) is { } nearest)
            context.Mean(path.Length == 0 ? nearest : $"{path}.{nearest}");
        return DefinitionKeys.SectionsOf(word) is [var section, ..]
            ? $"unknown key {ScalarNode.Quote(word)}{place}; it belongs {(section.Length == 0 ? "to the top level" : $"under {section}")}"
            : $"unknown key {ScalarNode.Quote(word)}{place}{Spelling.Suggestion(word, "keys", [.. keys.Select(key => key.Name)])}";
    }
}
