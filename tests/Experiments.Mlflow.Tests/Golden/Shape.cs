using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Mlflow.Tests.Golden;

/// <summary>
/// What a reply is made of: each path with its kind of value, all items of a list together. Of an error also its code.
/// A reply that is no JSON is just that.
/// </summary>
internal static class Shape
{
    public static SortedSet<string> Of(JsonNode? node)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        if (node is JsonObject)
        {
            Collect(node, "", paths);
            if (node["error_code"] is { } code)
            {
                paths.Add($"error_code = {code}");
            }
        }
        else
        {
            paths.Add("not JSON");
        }

        return paths;
    }

    private static void Collect(JsonNode? node, string path, SortedSet<string> paths)
    {
        switch (node)
        {
            case JsonObject json:
                paths.Add($"{path} object");
                foreach (var (name, value) in json)
                {
                    Collect(value, $"{path}/{name}", paths);
                }

                break;
            case JsonArray array:
                foreach (var item in array.Where(item => item is not JsonValue))
                {
                    Collect(item, $"{path}[]", paths);
                }

                break;
            default:
                paths.Add($"{path} {(node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? "bool" : node?.GetValueKind())}");
                break;
        }
    }
}
