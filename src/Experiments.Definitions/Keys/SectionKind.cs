using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>A mapping with keys that the program knows; read as a record.</summary>
internal class SectionKind : ValueKind
{
    private readonly Type _record;
    private readonly DefinitionKey[] _keys;

    /// <summary>A section.</summary>
    /// <param name="record">The record that it is read as. Its defaults are those of the keys.</param>
    /// <param name="keys">The keys.</param>
    public SectionKind(Type record, params DefinitionKey[] keys)
    {
        _record = record;
        _keys = [.. keys.Select(key => key.Default is null ? key with { Default = DefaultOf(key) } : key)];
    }

    public override string Name => "a mapping";

    /// <summary>Whether the values are the outer section's: the record is the same.</summary>
    public bool IsInline { get; init; }

    /// <summary>What the section is read as.</summary>
    public Type Record => _record;

    /// <summary>The keys, in the order in which they are documented.</summary>
    public IReadOnlyList<DefinitionKey> Keys => _keys;

    /// <summary>The records whose properties the keys name.</summary>
    protected virtual IEnumerable<Type> Records => [_record];

    /// <summary>The record, without the values that were wrong.</summary>
    public override object? Read(Node node, string path, ReadingContext context)
    {
        var record = Create(node as MappingNode);
        return ReadKeys(record, node, path, context) ? record : null;
    }

    public override void ReadInto(object record, DefinitionKey key, Node node, string path, ReadingContext context)
    {
        if (IsInline)
            ReadKeys(record, node, path, context);
        else
            base.ReadInto(record, key, node, path, context);
    }

    public override JsonNode Write(object value, DefinitionPaths paths)
    {
        var section = new JsonObject();
        var usual = Activator.CreateInstance(value.GetType())!;
        foreach (var key in _keys)
        {
            var written = key.Kind.WriteFrom(value, key, paths);
            if (written is null || (written is JsonObject { Count: 0 } or JsonArray { Count: 0 } && !key.IsMarked(value)))
                continue;
            if (key.IsRequired || key.IsMarked(value) || !JsonNode.DeepEquals(written, key.Kind.WriteFrom(usual, key, paths)))
                section[key.Name] = written;
        }
        return section;
    }

    public override JsonNode? WriteFrom(object record, DefinitionKey key, DefinitionPaths paths) =>
        !IsInline ? base.WriteFrom(record, key, paths) : _record.IsInstanceOfType(record) ? Write(record, paths) : null;

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var key in _keys)
        {
            var schema = key.Kind.Schema();
            schema["description"] = key.Default is null ? key.Meaning : $"{key.Meaning} Default: {key.Default}.";
            properties[key.Name] = schema;
        }
        var section = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (Array.Exists(_keys, key => key.IsRequired))
            section["required"] = new JsonArray([.. _keys.Where(key => key.IsRequired).Select(key => (JsonNode)key.Name)]);
        return section;
    }

    /// <summary>The record that a mapping is read to; null: something that is no mapping.</summary>
    protected virtual object Create(MappingNode? mapping) => Activator.CreateInstance(_record)!;

    /// <summary>Reads the keys of a mapping to a record; false where there is no mapping.</summary>
    private bool ReadKeys(object record, Node node, string path, ReadingContext context)
    {
        if (node is not MappingNode mapping)
        {
            context.WrongType(path.Length == 0 ? "the definition" : path, node, $"a mapping with the keys {string.Join(", ", _keys.Select(key => key.Name))}");
            return false;
        }
        var prefix = path.Length == 0 ? "" : path + ".";
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in mapping.Once(path, context))
        {
            written.Add(name.Text);
            context.Locate(prefix + name.Text, name, value);
            if (Array.Find(_keys, key => key.Name == name.Text) is { } key)
                key.Kind.ReadInto(record, key, value, prefix + name.Text, context);
            else
                context.Error(DefinitionDiagnostics.UnknownKey, Unknown(name.Text, path, context), name);
        }
        foreach (var key in _keys)
            if (key.IsRequired && !written.Contains(key.Name) && !context.IsMeant(prefix + key.Name))
                context.Error(DefinitionDiagnostics.MissingKey, $"the key \"{key.Name}\" is missing{(path.Length == 0 ? "" : $" in {path}")}; expected {key.Kind.PlainName}", mapping);
        return true;
    }

    private string? DefaultOf(DefinitionKey key)
    {
        var owner = key.IsRequired ? null : Records.FirstOrDefault(record => record.GetProperty(key.Property) is not null);
        return owner is not null && key.Kind.WriteFrom(Activator.CreateInstance(owner)!, key, DefinitionPaths.None) is JsonValue value ? value.ToString() : null;
    }

    private string Unknown(string word, string path, ReadingContext context)
    {
        var place = path.Length == 0 ? "" : $" in {path}";
        if (Spelling.Nearest(word, _keys.Select(key => key.Name)) is { } nearest)
            context.Mean(path.Length == 0 ? nearest : $"{path}.{nearest}");
        return DefinitionKeys.SectionsOf(word) is [var section, ..]
            ? $"unknown key {ScalarNode.Quote(word)}{place}; it belongs {(section.Length == 0 ? "to the top level" : $"under {section}")}"
            : $"unknown key {ScalarNode.Quote(word)}{place}{Spelling.Suggestion(word, "keys", [.. _keys.Select(key => key.Name)])}";
    }
}
