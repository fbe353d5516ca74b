using System.Text.Json.Nodes;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>What a key's value may be: how it is read, written, named and described to editors.</summary>
internal abstract class ValueKind
{
    /// <summary>What is read where the word written stands for no value: <c>steps: auto</c>.</summary>
    public static object Nothing { get; } = new();

    /// <summary>The kind as the documentation names it, in Markdown: <c>a whole number from 1</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The kind as messages name it.</summary>
    public string PlainName => Name.Replace("`", "", StringComparison.Ordinal);

    /// <summary>The value of a node, or null after a diagnostic.</summary>
    public abstract object? Read(Node node, string path, ReadingContext context);

    /// <summary>Reads a node to the property of a key.</summary>
    public virtual void ReadInto(object record, DefinitionKey key, Node node, string path, ReadingContext context)
    {
        if (Read(node, path, context) is { } value)
            key.Assign(record, value);
    }

    /// <summary>A value as <see cref="Read"/> takes it back.</summary>
    public abstract JsonNode Write(object value, DefinitionPaths paths);

    /// <summary>The value of a key in a record as <see cref="ReadInto"/> takes it back; null where there is none.</summary>
    public virtual JsonNode? WriteFrom(object record, DefinitionKey key, DefinitionPaths paths) =>
        key.In(record)?.GetValue(record) is { } value ? Write(value, paths) : null;

    /// <summary>The JSON Schema of the value.</summary>
    public abstract JsonObject Schema();
}
