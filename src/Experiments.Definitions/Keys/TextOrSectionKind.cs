using System.Text.Json.Nodes;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>A text, or a mapping that says it in another way, by other properties of the same record.</summary>
/// <param name="text">The text.</param>
/// <param name="section">The mapping.</param>
internal sealed class TextOrSectionKind(TextKind text, SectionKind section) : ValueKind
{
    public override string Name => $"{text.Name}, or {section.Name}";

    /// <summary>The keys of the mapping.</summary>
    public SectionKind Section => section;

    public override object? Read(Node node, string path, ReadingContext context) => text.Read(node, path, context);

    public override void ReadInto(object record, DefinitionKey key, Node node, string path, ReadingContext context)
    {
        if (node is MappingNode)
            section.ReadInto(record, key, node, path, context);
        else
            base.ReadInto(record, key, node, path, context);
    }

    public override JsonNode Write(object value, DefinitionPaths paths) => text.Write(value, paths);

    public override JsonNode? WriteFrom(object record, DefinitionKey key, DefinitionPaths paths) =>
        section.WriteFrom(record, key, paths) is JsonObject { Count: > 0 } mapping ? mapping : base.WriteFrom(record, key, paths);

    public override JsonObject Schema() => new() { ["oneOf"] = new JsonArray(text.Schema(), section.Schema()) };
}
