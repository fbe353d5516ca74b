using System.Text.Json.Nodes;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>A list of texts.</summary>
/// <param name="name">What the list is.</param>
/// <param name="item">What each entry is.</param>
/// <param name="isEmptyAllowed">Whether a list without entries is valid.</param>
internal sealed class ListKind(string name, TextKind item, bool isEmptyAllowed) : ValueKind
{
    public override string Name => name;

    public override object? Read(Node node, string path, ReadingContext context)
    {
        if (node is not SequenceNode list)
            return context.WrongType(path, node, name, node is ScalarNode { IsNull: false } single ? $"; write [{single.Text}]" : "");
        if (list.Items.Count == 0 && !isEmptyAllowed)
            return context.Error(DefinitionDiagnostics.WrongType, $"{path} is an empty list; expected {name}", list);
        var texts = new List<string>(list.Items.Count);
        foreach (var (index, value) in list.Items.Index())
        {
            var entry = FormattableString.Invariant($"{path}.{index}");
            context.Locate(entry, value, value);
            if (item.Read(value, entry, context) is string text)
                texts.Add(text);
        }
        return texts;
    }

    public override JsonNode Write(object value, DefinitionPaths paths) => new JsonArray([.. ((IEnumerable<string>)value).Select(text => item.Write(text, paths))]);

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        if (!isEmptyAllowed)
            schema["minItems"] = 1;
        return schema;
    }
}
