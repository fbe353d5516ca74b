using Experiments.Core.Diagnostics;
using YamlDotNet.Core;

namespace Experiments.Definitions.Documents;

/// <summary>Says what is wrong in YAML that cannot be parsed.</summary>
internal static class YamlMistake
{
    private static readonly Dictionary<string, string> Hints = new(StringComparer.Ordinal)
    {
        ["found invalid mapping"] = "; check the indentation, and quote a value that holds \": \"",
        ["cannot start any token"] = "; quote a value that begins with @, ` or %",
        ["expected ',' or ']'"] = "; close the list",
        ["expected ',' or '}'"] = "; close the mapping",
        ["unexpected end of stream"] = "; close the quotes",
    };

    /// <summary>The mistake that made the parser stop.</summary>
    public static DocumentException Of(YamlException exception, string text)
    {
        var line = (int)exception.Start.Line;
        return FindTab(text, line, exception.Message.Contains("tab", StringComparison.Ordinal) ? int.MaxValue : (int)exception.End.Line)
            ?? new DocumentException(DefinitionDiagnostics.Syntax, Sentence(exception.Message), line, (int)exception.Start.Column);
    }

    /// <summary>The tab among the indentation of a line, from a first to a last line; null when there is none.</summary>
    public static DocumentException? FindTab(string text, int firstLine, int lastLine)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (number > lastLine)
                break;
            var indentation = line[..^line.TrimStart([' ', '\t']).Length];
            var tab = indentation.IndexOf('\t');
            if (number >= firstLine && tab >= 0 && indentation.Length < line.Length)
                return new DocumentException(DefinitionDiagnostics.TabIndentation, "a tab indents this line; YAML indents with spaces only", number, tab + 1);
        }
        return null;
    }

    private static string Sentence(string message)
    {
        var hint = Hints.FirstOrDefault(hint => message.Contains(hint.Key, StringComparison.Ordinal)).Value;
        return message.Length == 0 ? "the text is not YAML" : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.') + hint;
    }
}
