using System.Text.Json.Nodes;
using Experiments.Core.Matrix;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class BooleanKind : ScalarKind
{
    public override string Name => "`true` or `false`";

    public override JsonNode Write(object value, DefinitionPaths paths) => (bool)value;

    public override JsonObject Schema() => new() { ["type"] = "boolean" };

    protected override object? ReadScalar(ScalarNode scalar, string path, ReadingContext context)
    {
        if (scalar.Value is { Kind: AxisValueKind.Boolean } value)
            return value.Text == "true";
        // yes, no, on and off are booleans of YAML 1.1 only.
        var hint = scalar.Text.ToLowerInvariant() switch
        {
            "yes" or "on" or "true" or "y" => "; write true",
            "no" or "off" or "false" or "n" => "; write false",
            _ => "",
        };
        return context.WrongType(path, scalar, PlainName, hint);
    }
}
