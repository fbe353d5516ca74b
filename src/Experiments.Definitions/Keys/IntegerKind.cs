using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>A whole number in a range.</summary>
/// <param name="minimum">The least valid number.</param>
/// <param name="maximum">The greatest valid number.</param>
internal sealed class IntegerKind(int minimum, int maximum = int.MaxValue) : ScalarKind
{
    public override string Name => minimum == int.MinValue
        ? "a whole number"
        : maximum == int.MaxValue
            ? FormattableString.Invariant($"a whole number from {minimum}")
            : FormattableString.Invariant($"a whole number from {minimum} to {maximum}");

    public override JsonNode Write(object value, DefinitionPaths paths) => (int)value;

    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };

    protected override object? ReadScalar(ScalarNode scalar, string path, ReadingContext context) => scalar.Value switch
    {
        { Kind: AxisValueKind.Integer } value when value.AsInteger() is { } number && number >= minimum && number <= maximum => (int)number,
        { Kind: AxisValueKind.Integer } or null => context.Error(DefinitionDiagnostics.OutOfRange, $"{path} is {scalar.Text}; expected {Name}{Bound(scalar)}", scalar),
        { Kind: AxisValueKind.Text } value when !scalar.IsPlain && value.AsInteger() is not null => context.WrongType(path, scalar, Name, "; remove the quotes"),
        _ => context.WrongType(path, scalar, Name),
    };

    /// <summary>A bound that is worth a word only to who exceeds it.</summary>
    private string Bound(ScalarNode scalar) =>
        maximum == int.MaxValue && !(scalar.Value?.AsInteger() < minimum) ? FormattableString.Invariant($" to {maximum}") : "";
}
