using System.Text.Json.Nodes;
using Experiments.Core.Matrix;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>A number of steps, or <c>auto</c>, which stands for none.</summary>
internal sealed class StepsKind : ScalarKind
{
    private static readonly IntegerKind Number = new(1);

    public override string Name => "`auto` or a whole number from 1";

    public override JsonNode Write(object value, DefinitionPaths paths) => Number.Write(value, paths);

    public override JsonObject Schema() => new() { ["oneOf"] = new JsonArray(new JsonObject { ["enum"] = new JsonArray("auto") }, Number.Schema()) };

    protected override object? ReadScalar(ScalarNode scalar, string path, ReadingContext context) =>
        scalar.Text == "auto" ? Nothing
        : scalar.Value is { Kind: AxisValueKind.Text } && scalar.IsPlain ? context.WrongType(path, scalar, PlainName)
        : Number.Read(scalar, path, context);
}
