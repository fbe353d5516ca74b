using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>Reads names and values of axes.</summary>
internal static partial class AxisKind
{
    /// <summary>Whether a name can be an axis'; reports why not, and warns of one that is nearly a loader setting's.</summary>
    public static bool CheckName(ScalarNode key, ReadingContext context)
    {
        var name = key.Text;
        if (name.StartsWith(AxisNames.EnvironmentPrefix, StringComparison.Ordinal))
        {
            if (Kinds.EnvironmentName().IsMatch(name[AxisNames.EnvironmentPrefix.Length..]))
                return true;
            context.Error(DefinitionDiagnostics.InvalidForm, $"the axis {ScalarNode.Quote(name)} names no environment variable; {Kinds.EnvironmentNameAllowed}", key);
            return false;
        }
        if (!Form().IsMatch(name))
        {
            context.Error(DefinitionDiagnostics.InvalidForm, $"{ScalarNode.Quote(name)} cannot name an axis; use letters, digits, _, - and ., a letter or _ first, at most 100", key);
            return false;
        }
        var known = DefinitionKeys.Axes.Select(axis => axis.Name).ToArray();
        if (!known.Contains(name) && Spelling.Nearest(name, known) is { } nearest)
            context.Warning(DefinitionDiagnostics.SuspiciousAxis, $"the axis {ScalarNode.Quote(name)} is no loader setting; did you mean \"{nearest}\"?", key);
        return true;
    }

    /// <summary>The value of an axis, by the axis' own rules where it has some; null after a diagnostic.</summary>
    public static AxisValue? ReadValue(string axis, Node node, string path, ReadingContext context)
    {
        if (DefinitionKeys.Axes.FirstOrDefault(known => known.Name == axis) is { } known)
            return known.Kind.Read(node, path, context) switch
            {
                int number => AxisValue.Of(number),
                bool flag => AxisValue.Of(flag),
                string text => OneLine(AxisValue.Of(text), node, path, context),
                _ => null,
            };
        // Environment variables are text: 1.10 must not become 1.1.
        if (axis.StartsWith(AxisNames.EnvironmentPrefix, StringComparison.Ordinal))
            return Kinds.AnyText.Read(node, path, context) is string text ? OneLine(AxisValue.Of(text), node, path, context) : null;
        if (node is not ScalarNode { IsNull: false } scalar)
            context.WrongType(path, node, "a text, a number, true or false as a value");
        else if (scalar.Value is not { } value)
            context.Error(DefinitionDiagnostics.OutOfRange, $"{path} has the number {scalar.Text}, which is not finite or beyond 64 bits; quote it to mean the text", node);
        else
            return OneLine(value, node, path, context);
        return null;
    }

    /// <summary>A value as <see cref="ReadValue"/> takes it back.</summary>
    public static JsonNode Write(AxisValue value) =>
        value.Kind == AxisValueKind.Text ? value.Text : JsonNode.Parse(value.Text)!;

    private static AxisValue? OneLine(AxisValue value, Node node, string path, ReadingContext context)
    {
        if (!value.Text.Any(char.IsControl) && Kinds.AnyText.Read(node, path, context) is not null)
            return value;
        if (value.Text.Any(char.IsControl))
            context.Error(DefinitionDiagnostics.InvalidForm, $"{path} has a value with a line break or another control character: {ScalarNode.Quote(value.Text)}", node);
        return null;
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.-]{0,99}\z")]
    private static partial Regex Form();
}
