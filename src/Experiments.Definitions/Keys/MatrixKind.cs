using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>The axes with <c>exclude</c> and <c>include</c>; read as a <see cref="MatrixDefinition"/>.</summary>
internal sealed class MatrixKind : ValueKind
{
    public const string Exclude = "exclude";
    public const string Include = "include";

    public override string Name => "a mapping of axes";

    public override object? Read(Node node, string path, ReadingContext context)
    {
        if (node is not MappingNode mapping)
            return context.WrongType(path, node, $"{Name}, such as num_workers: [0, 2, 4]");
        var entries = mapping.Once(path, context).ToList();
        foreach (var (key, value) in entries)
            context.Locate($"{path}.{key.Text}", key, value);
        var axes = new List<Axis>();
        foreach (var (key, value) in entries.Where(entry => !IsException(entry.Key)))
            if (AxisKind.CheckName(key, context))
                axes.Add(ReadAxis(key, value, path, context));
        var exclude = entries.Where(entry => entry.Key.Text == Exclude)
            .SelectMany(entry => MatrixEntries.Read(entry.Value, $"{path}.{Exclude}", axes, context)).ToList();
        var include = entries.Where(entry => entry.Key.Text == Include)
            .SelectMany(entry => MatrixEntries.Read(entry.Value, $"{path}.{Include}", null, context)).ToList();
        if (axes.Count + include.Count == 0 && !context.HasErrors)
            context.Error(DefinitionDiagnostics.EmptyAxis, $"{path} has no axis; give one, such as num_workers: [0, 2, 4]", node);
        return new MatrixDefinition { Axes = axes, Exclude = exclude, Include = include };
    }

    public override JsonNode Write(object value, DefinitionPaths paths)
    {
        var matrix = (MatrixDefinition)value;
        var written = new JsonObject(matrix.Axes.Select(axis => KeyValuePair.Create(axis.Name, (JsonNode?)new JsonArray([.. axis.Values.Select(AxisKind.Write)]))));
        foreach (var (key, entries) in new[] { (Exclude, matrix.Exclude), (Include, matrix.Include) })
            if (entries.Count > 0)
                written[key] = new JsonArray([.. entries.Select(entry => new JsonObject(entry.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)AxisKind.Write(one.Value)))))]);
        return written;
    }

    public override JsonObject Schema()
    {
        var value = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        var entry = new JsonObject { ["type"] = "object", ["minProperties"] = 1, ["additionalProperties"] = value };
        var properties = new JsonObject();
        foreach (var axis in DefinitionKeys.Axes)
        {
            properties[axis.Name] = List(axis.Kind.Schema());
            properties[axis.Name]!["description"] = axis.Meaning;
        }
        foreach (var key in DefinitionKeys.MatrixExceptions)
            properties[key.Name] = new JsonObject { ["type"] = "array", ["items"] = entry.DeepClone(), ["description"] = key.Meaning };
        return new JsonObject { ["type"] = "object", ["minProperties"] = 1, ["properties"] = properties, ["additionalProperties"] = List(value) };
    }

    private static bool IsException(ScalarNode key) => key.Text is Exclude or Include;

    private static Axis ReadAxis(ScalarNode key, Node node, string path, ReadingContext context)
    {
        var axis = $"{path}.{key.Text}";
        var values = new Dictionary<AxisValue, Node>();
        if (node is not SequenceNode list)
            context.WrongType(axis, node, "a list of values", node is ScalarNode { IsNull: false } single ? $"; write [{single.Text}]" : "");
        else if (list.Items.Count == 0)
            context.Error(DefinitionDiagnostics.EmptyAxis, $"{axis} has no values; give at least one or remove the axis", list);
        else
        {
            foreach (var item in list.Items)
                if (AxisKind.ReadValue(key.Text, item, axis, context) is { } value && !values.TryAdd(value, item))
                    context.Error(
                        DefinitionDiagnostics.DuplicateValue,
                        $"{axis} has the value {ScalarNode.Quote(value.Text)} twice{values[value].First(withColumn: true)}",
                        item);
        }
        return new Axis { Name = key.Text, Values = [.. values.Keys] };
    }

    private static JsonObject List(JsonObject items) =>
        new() { ["type"] = "array", ["minItems"] = 1, ["uniqueItems"] = true, ["items"] = items.DeepClone() };
}
