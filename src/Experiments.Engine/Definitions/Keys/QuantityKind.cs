using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Engine.Definitions.Documents;

namespace Experiments.Engine.Definitions.Keys;

/// <summary>A number with a unit.</summary>
/// <param name="name">The kind with examples.</param>
/// <param name="pattern">The text in JSON Schema.</param>
/// <param name="parse">Reads the text; null where it is no such quantity.</param>
internal sealed class QuantityKind(string name, string pattern, Func<string, object?> parse) : ScalarKind
{
    public override string Name => name;

    /// <summary>Whether a value is allowed.</summary>
    public required Func<object, bool> IsInRange { get; init; }

    /// <summary>What <see cref="IsInRange"/> allows, in words.</summary>
    public required string Range { get; init; }

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number"), ["pattern"] = pattern };

    protected override object? ReadScalar(ScalarNode scalar, string path, ReadingContext context)
    {
        if (parse(scalar.Text) is not { } value)
            return context.Error(DefinitionDiagnostics.InvalidQuantity, $"{path} is {ScalarNode.Quote(scalar.Text)}; expected {name}", scalar);
        return IsInRange(value) ? value : context.Error(DefinitionDiagnostics.OutOfRange, $"{path} is {scalar.Text}; it must be {Range}", scalar);
    }
}
