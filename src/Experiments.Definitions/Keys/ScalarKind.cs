using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>A kind that is written as a single value.</summary>
internal abstract class ScalarKind : ValueKind
{
    public sealed override object? Read(Node node, string path, ReadingContext context)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
            return context.WrongType(path, node, PlainName, Hint(node));
        if (scalar.Text.AsSpan().ContainsAny('\0', '\uFFFE', '\uFFFF') || scalar.Text.Index().Any(character => IsHalfSurrogate(scalar.Text, character.Index)))
            return context.Error(DefinitionDiagnostics.InvalidForm, $"{path} holds a character that no file name, argument or environment variable can hold", node);
        return ReadScalar(scalar, path, context);
    }

    public override JsonObject Schema() => new() { ["type"] = "string" };

    protected abstract object? ReadScalar(ScalarNode scalar, string path, ReadingContext context);

    // [--dataset, {dataset}] is a mapping for YAML where a placeholder was meant.
    private static string Hint(Node node) =>
        node is MappingNode { Entries: [{ Key: var key, Value: ScalarNode { IsNull: true } }] } ? $"; to mean the placeholder, quote it: \"{{{key.Text}}}\"" : "";

    private static bool IsHalfSurrogate(string text, int index) =>
        char.IsHighSurrogate(text[index]) ? index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1])
        : char.IsLowSurrogate(text[index]) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));
}
