using System.Text;
using System.Text.RegularExpressions;

namespace Experiments.Tool.Starting;

/// <summary>What a Python file shows to someone who reads it: whether it loads data, trains, and is run by itself.</summary>
/// <param name="text">The file's text.</param>
internal sealed partial class PythonSource(string text)
{
    /// <summary>The text without comments and without long strings, which tell of code but are none.</summary>
    public string Code { get; } = WithoutComments(text);

    /// <summary>Whether it makes one of torch's loaders, or has a trainer that does.</summary>
    public bool Loads => Loader().IsMatch(Code);

    /// <summary>Whether it makes training steps.</summary>
    public bool Trains => Steps().IsMatch(Code);

    /// <summary>Whether it is run by itself: a main guard, a command line, or statements at the left margin that train.</summary>
    public bool IsEntry => Entry().IsMatch(Code);

    /// <summary>Whether it imports its neighbours as a package does.</summary>
    public bool ImportsRelatively => Imports.Any(import => import.StartsWith('.'));

    /// <summary>Modules that it imports, as written; of <c>from a import b</c> both <c>a</c> and <c>a.b</c>.</summary>
    public IReadOnlyList<string> Imports =>
    [
        .. From().Matches(Code).SelectMany(match => match.Groups["names"].Value.Split([',', '(', ')', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(name => match.Groups["module"].Value.TrimEnd('.') is { Length: > 0 } module && !match.Groups["module"].Value.EndsWith('.') ? $"{module}.{name}" : match.Groups["module"].Value + name)
            .Prepend(match.Groups["module"].Value)),
        .. Import().Matches(Code).SelectMany(match => match.Groups["names"].Value.Split(',')).Select(name => name.Trim().Split(' ')[0]),
    ];

    /// <summary>The arguments of every call of a function, up to its closing parenthesis.</summary>
    /// <param name="function">A pattern that ends before the opening parenthesis.</param>
    public IEnumerable<string> Calls(Regex function)
    {
        foreach (Match match in function.Matches(Code))
        {
            var begin = Code.IndexOf('(', match.Index + match.Length);
            var end = begin < 0 ? -1 : Closing(Code, begin);
            if (end > begin)
                yield return Code[(begin + 1)..end];
        }
    }

    private static int Closing(string code, int open)
    {
        var depth = 0;
        for (var index = open; index < code.Length; index++)
        {
            if (code[index] is '"' or '\'')
                index = EndOfString(code, index, 1);
            else if (code[index] is '(' or '[' or '{')
                depth++;
            else if (code[index] is ')' or ']' or '}' && --depth == 0)
                return index;
        }

        return -1;
    }

    private static string WithoutComments(string text)
    {
        var code = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '#')
            {
                var end = text.IndexOf('\n', index);
                index = end < 0 ? text.Length : end - 1;
            }
            else if (text[index] is '"' or '\'')
            {
                var isLong = string.CompareOrdinal(text, index, new string(text[index], 3), 0, 3) == 0;
                var end = Math.Min(EndOfString(text, index, isLong ? 3 : 1), text.Length - 1);
                code.Append(isLong ? "\"\"" : text[index..(end + 1)]);
                index = end;
            }
            else if (text[index] != '\r')
            {
                code.Append(text[index]);
            }
        }

        return code.ToString();
    }

    /// <summary>The place of a string's last quote; of one that is not closed, the end of its line, or of the text.</summary>
    private static int EndOfString(string text, int begin, int quotes)
    {
        for (var index = begin + quotes; index < text.Length; index++)
        {
            if (text[index] == '\\')
                index++;
            else if (quotes == 1 && text[index] == '\n')
                return index - 1;
            else if (string.CompareOrdinal(text, index, new string(text[begin], quotes), 0, quotes) == 0)
                return index + quotes - 1;
        }

        return text.Length - 1;
    }

    [GeneratedRegex(@"(?<!class )\b(\w*DataLoader|\w*DataLoaders|\w*Trainer)\s*(\[[^\]\n]*\])?\(|\.from_folder\(|\bLightningCLI\(|\btrainer\.fit\(")]
    private static partial Regex Loader();

    [GeneratedRegex(@"\.backward\(|\.fit\(|\.fit_one_cycle\(|\.fine_tune\(|[Tt]rainer\.train\(|\boptimi[sz]er\.step\(|\bopt\.step\(|\bLightningCLI\(")]
    private static partial Regex Steps();

    [GeneratedRegex(@"__name__\s*==\s*[""']__main__[""']|@hydra\.main|\bfire\.Fire\(|\btyper\.run\(|^(for|while|with)\b|^(\w+ *= *)?(main|train|run|fit|cli|app)\(|^\w*trainer\.\w+\(|^\w+\.(fit|fit_one_cycle|fine_tune|train)\(", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^[ \t]*from[ \t]+(?<module>\.*[\w.]*)[ \t]+import[ \t]+(?<names>\([^)]*\)|[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"^[ \t]*import[ \t]+(?<names>[\w.][^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Import();
}
