using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>Reads <c>exclude</c> and <c>include</c>.</summary>
internal static class MatrixEntries
{
    /// <summary>The partial configurations.</summary>
    /// <param name="node">The list.</param>
    /// <param name="path">Its path.</param>
    /// <param name="axes">The axes that an entry may name; null: any, as in <c>include</c>.</param>
    /// <param name="context">Where mistakes are reported.</param>
    public static IEnumerable<IReadOnlyDictionary<string, AxisValue>> Read(Node node, string path, IReadOnlyList<Axis>? axes, ReadingContext context)
    {
        if (node is not SequenceNode list)
        {
            context.WrongType(path, node, "a list of mappings, such as [{num_workers: 4}]");
            yield break;
        }
        foreach (var (index, item) in list.Items.Index())
        {
            var entry = FormattableString.Invariant($"{path}.{index}");
            context.Locate(entry, item, item);
            if (item is MappingNode { Entries.Count: > 0 } mapping)
                yield return ReadEntry(mapping, entry, axes, context);
            else
                context.WrongType(entry, item, "a mapping of axes to values, such as {num_workers: 4}");
        }
    }

    private static Dictionary<string, AxisValue> ReadEntry(MappingNode mapping, string path, IReadOnlyList<Axis>? axes, ReadingContext context)
    {
        var values = new Dictionary<string, AxisValue>(StringComparer.Ordinal);
        foreach (var (key, node) in mapping.Once(path, context))
        {
            var axis = axes?.FirstOrDefault(axis => axis.Name == key.Text);
            if (axes is not null && axis is null)
                context.Error(
                    DefinitionDiagnostics.UnknownAxis,
                    $"the matrix has no axis {ScalarNode.Quote(key.Text)}{Spelling.Suggestion(key.Text, "axes", [.. axes.Select(known => known.Name)])}",
                    key);
            else if ((axis is not null || AxisKind.CheckName(key, context)) && AxisKind.ReadValue(key.Text, node, $"{path}.{key.Text}", context) is { } value)
            {
                values.Add(key.Text, value);
                if (axis is { Values.Count: > 0 } && !axis.Values.Contains(value))
                    context.Warning(
                        DefinitionDiagnostics.UselessExclude,
                        $"this excludes nothing: {key.Text} has no value {ScalarNode.Quote(value.Text)}{Spelling.Suggestion(value.Text, "values", [.. axis.Values.Select(known => known.Text)])}",
                        node);
            }
        }
        return values;
    }
}
