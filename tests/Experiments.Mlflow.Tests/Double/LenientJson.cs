using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>Python's JSON: NaN and Infinity may stand bare. They become strings with a mark here, and bare again when written.</summary>
internal static partial class LenientJson
{
    // Placeholders of the records keep their angle brackets.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Mark = "@bare:";

    public static JsonNode? Parse(string text) => JsonNode.Parse(Bare().Replace(text, $"$1\"{Mark}$2\""));

    public static bool TryParse(string text, out JsonNode? node)
    {
        try
        {
            node = Parse(text);
            return true;
        }
        catch (JsonException)
        {
            node = null;
            return false;
        }
    }

    public static string Write(JsonNode node) => Marked().Replace(node.ToJsonString(Relaxed), "$1");

    public static bool IsBare(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    [GeneratedRegex("""(:\s*)(NaN|-?Infinity)(?=\s*[,}])""")]
    private static partial Regex Bare();

    [GeneratedRegex("\"@bare:(NaN|-?Infinity)\"")]
    private static partial Regex Marked();
}
