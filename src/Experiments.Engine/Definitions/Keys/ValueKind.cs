using System.Text.Json.Nodes;
using Experiments.Engine.Definitions.Documents;

namespace Experiments.Engine.Definitions.Keys;

/// <summary>What a key's value may be: how it is read, named and described to editors.</summary>
internal abstract class ValueKind
{
    /// <summary>The kind as the documentation names it, in Markdown: <c>a whole number from 1</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The kind as messages name it.</summary>
    public string PlainName => Name.Replace("`", "", StringComparison.Ordinal);

    /// <summary>The value of a node, or null after a diagnostic.</summary>
    public abstract object? Read(Node node, string path, ReadingContext context);

    /// <summary>The JSON Schema of the value.</summary>
    public abstract JsonObject Schema();
}
