using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>One of a few words.</summary>
/// <param name="words">The valid words.</param>
internal sealed class WordKind(params string[] words) : ScalarKind
{
    public override string Name => string.Join(", ", words.Select(word => $"`{word}`")) is var list && words.Length > 1
        ? list[..list.LastIndexOf(',')] + " or" + list[(list.LastIndexOf(',') + 1)..]
        : list;

    /// <summary>Whether the first word is read as true and the second as false; default: words are texts.</summary>
    public bool IsFirstTrue { get; init; }

    public override JsonNode Write(object value, DefinitionPaths paths) => value as string ?? words[value is true ? 0 : 1];

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };

    protected override object? ReadScalar(ScalarNode scalar, string path, ReadingContext context) =>
        !words.Contains(scalar.Text)
            ? context.Error(DefinitionDiagnostics.InvalidWord, $"{path} is {ScalarNode.Quote(scalar.Text)}{Spelling.Suggestion(scalar.Text, "words", words)}", scalar)
            : IsFirstTrue ? (object)(scalar.Text == words[0]) : scalar.Text;
}
