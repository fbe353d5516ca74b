using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Experiments.Mlflow.Tests.Golden;

/// <summary>The records shorten long strings and lists; requests are made whole again by going on as they begin.</summary>
internal static partial class Shortened
{
    public static JsonNode? Expand(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.Select(pair => KeyValuePair.Create(pair.Key, Expand(pair.Value?.DeepClone())))),
        JsonArray { Count: 3 } array when Text(array[2]) is { } text && Items().Match(text) is { Success: true } match =>
            List(array[0]!, array[1]!, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
        JsonArray array => new JsonArray([.. array.Select(item => Expand(item?.DeepClone()))]),
        JsonValue when Text(node) is { } text && Characters().Match(text) is { Success: true } match => Repeat(text[..match.Index], match.Groups[1].Value),
        _ => node,
    };

    // Counted in code points: a text of faces has two UTF-16 units for each.
    private static JsonNode Repeat(string beginning, string count)
    {
        var unit = beginning.EnumerateRunes().First().ToString();
        return string.Concat(Enumerable.Repeat(unit, int.Parse(count, CultureInfo.InvariantCulture)));
    }

    private static JsonArray List(JsonNode first, JsonNode second, int count) =>
        new([.. Enumerable.Range(0, count).Select(i => Item(first, second, i))]);

    private static JsonObject Item(JsonNode first, JsonNode second, int index)
    {
        var item = new JsonObject();
        foreach (var (name, value) in first.AsObject())
        {
            var next = second[name]!;
            item[name] = value!.GetValueKind() == JsonValueKind.Number
                ? value.GetValue<long>() + (index * (next.GetValue<long>() - value.GetValue<long>()))
                : Text(value) == Text(next) ? value.DeepClone() : Numbered(Text(value)!, index);
        }

        return item;
    }

    private static string Numbered(string first, int index) => $"{first.TrimEnd('0')}{index}";

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    [GeneratedRegex(@"\.\.\.<([0-9]+) chars>$")]
    private static partial Regex Characters();

    [GeneratedRegex(@"^\.\.\.<([0-9]+) items>$")]
    private static partial Regex Items();
}
