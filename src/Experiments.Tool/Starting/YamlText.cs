using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Experiments.Tool.Starting;

/// <summary>Writes text as a YAML scalar that every reader takes for text.</summary>
internal static partial class YamlText
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The text as it is where nothing in it has a meaning, else between double quotes, which YAML reads as JSON does.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text) => Plain().IsMatch(text) && !Meaningful().IsMatch(text) ? text : JsonSerializer.Serialize(text, Json).Replace("\\u0027", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"\A(--?|\.{1,2}/)?[A-Za-z_][A-Za-z0-9_./-]*\z|\A\.\.?\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(null|true|false|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Meaningful();
}
