using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>A number with a unit.</summary>
/// <param name="name">The kind with examples.</param>
/// <param name="pattern">The text in JSON Schema.</param>
/// <param name="parse">Reads the text; null where it is no such quantity.</param>
/// <param name="format">A text that is read as the same quantity.</param>
internal sealed class QuantityKind(string name, string pattern, Func<string, object?> parse, Func<object, string> format) : ScalarKind
{
    public override string Name => name;

    /// <summary>Whether a value is allowed.</summary>
    public required Func<object, bool> IsInRange { get; init; }

    /// <summary>What <see cref="IsInRange"/> allows, in words.</summary>
    public required string Range { get; init; }

    /// <summary>What is easily forgotten at the end: <c>%</c>.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The units, the likelier first.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    public override JsonNode Write(object value, DefinitionPaths paths) => format(value);

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number"), ["pattern"] = pattern };

    protected override object? ReadScalar(ScalarNode scalar, string path, ReadingContext context)
    {
        if (parse(scalar.Text) is not { } value)
            return context.Error(DefinitionDiagnostics.InvalidQuantity, $"{path} is {ScalarNode.Quote(scalar.Text)}; expected {PlainName}{Guess(scalar.Text)}", scalar);
        return IsInRange(value) ? value : context.Error(DefinitionDiagnostics.OutOfRange, $"{path} is {scalar.Text}; it must be {Range}", scalar);
    }

    // 10 for 10%, 1MiB for 1MiB/step, 12gb for 12GB, 15 minutes for 15m
    private string Guess(string text)
    {
        var word = text.AsSpan().TrimStart("0123456789.").Trim().ToString();
        var unit = Units.FirstOrDefault(unit => unit.Equals(word, StringComparison.OrdinalIgnoreCase))
            ?? Units.FirstOrDefault(unit => word.StartsWith(unit, StringComparison.OrdinalIgnoreCase))
            ?? Units.FirstOrDefault(unit => char.ToUpperInvariant(unit[0]) == char.ToUpperInvariant(word.FirstOrDefault()));
        var guesses = new[] { text + Suffix, text[..^word.Length].TrimEnd() + unit };
        return Array.Find(guesses, guess => parse(guess) is not null) is { } meant ? $"; did you mean \"{meant}\"?" : "";
    }
}
