using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Engine.Definitions.Documents;

namespace Experiments.Engine.Definitions.Keys;

/// <summary>One of a few words.</summary>
/// <param name="words">The valid words.</param>
internal sealed class WordKind(params string[] words) : ScalarKind
{
    public override string Name => string.Join(", ", words.Select(word => $"`{word}`")) is var list && words.Length > 1
        ? list[..list.LastIndexOf(',')] + " or" + list[(list.LastIndexOf(',') + 1)..]
        : list;

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };

    protected override object? ReadScalar(ScalarNode scalar, string path, ReadingContext context) => words.Contains(scalar.Text)
        ? scalar.Text
        : context.Error(DefinitionDiagnostics.InvalidWord, $"{path} is {ScalarNode.Quote(scalar.Text)}{Spelling.Suggestion(scalar.Text, "words", words)}", scalar);
}
