using System.Text.RegularExpressions;

namespace Experiments.Reports.Console;

/// <summary>Breaks a line for a narrow window between its phrases or else its words, but never between a number and its unit.</summary>
public static partial class LineFolding
{
    private const string Indent = "  ";

    /// <summary>The line in parts, the further ones indented; a word that is wider than the window has a line of its own.</summary>
    /// <param name="text">The line.</param>
    /// <param name="width">Cells of the window.</param>
    public static IEnumerable<string> Fold(string text, int width)
    {
        if (CellWidth.Of(text) <= width)
            return [text];
        var margin = text[..(text.Length - text.TrimStart().Length)];
        var lines = new List<string>();
        var line = "";
        foreach (var phrase in Phrases().Split(text[margin.Length..]))
        {
            // A phrase that a line of its own can hold stays whole; a longer one is broken between its words.
            foreach (var part in IsRoomFor(phrase, margin + Indent) ? [phrase] : Breaks().Split(phrase))
            {
                if (line.Length > 0 && !IsRoomFor(part, line + " "))
                {
                    lines.Add(line);
                    line = "";
                }

                line = line.Length > 0 ? $"{line} {part}" : (lines.Count == 0 ? margin : margin + Indent) + part;
            }
        }

        return lines.Append(line);

        bool IsRoomFor(string part, string before) => CellWidth.Of(before) + CellWidth.Of(part) <= width;
    }

    [GeneratedRegex("(?<=[,;:]) +")]
    private static partial Regex Phrases();

    // Not after a number that a unit follows, nor around a sign between two numbers: "8 min 00 s", "202 ± 0.4 %", "≈ 21.3 GiB".
    [GeneratedRegex(@"(?<![≈±<>=–])(?<!\d) +(?!±)|(?<=\d) +(?![±%\p{L}(])|(?<=\d) +(?=\p{L}+=)")]
    private static partial Regex Breaks();
}
