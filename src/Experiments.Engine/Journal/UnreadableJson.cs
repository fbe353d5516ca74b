using System.Text.Json;

namespace Experiments.Engine.Journal;

/// <summary>Says in plain words why a file of ours cannot be read; the reader's own words name types of this program.</summary>
internal static class UnreadableJson
{
    /// <summary>The reason, a clause that follows "cannot be read: ".</summary>
    /// <param name="exception">What the reader said.</param>
    internal static string Reason(Exception exception) => exception switch
    {
        JsonException json => $"it is empty, cut off, of another version, or another kind of file{Place(json)}",
        FileNotFoundException => "it does not exist",
        _ => exception.Message.TrimEnd('.'),
    };

    private static string Place(JsonException json) => json.LineNumber is { } line
        ? FormattableString.Invariant($" (line {line + 1}{(json.Path is { Length: > 1 } path ? ", " + path.TrimStart('$', '.') : "")})")
        : "";
}
