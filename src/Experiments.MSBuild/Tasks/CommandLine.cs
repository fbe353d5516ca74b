using System.Text;

namespace Experiments.MSBuild.Tasks;

/// <summary>Joins arguments so that a program reads them back as they were: netstandard2.0 has no ArgumentList.</summary>
internal static class CommandLine
{
    public static string Join(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(Quote));

    // Backslashes are literal, except before a quote: https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
    private static string Quote(string argument)
    {
        if (argument.Length > 0 && argument.IndexOfAny([' ', '\t', '"', '\'']) < 0)
            return argument;
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var character in argument)
        {
            if (character == '"')
                quoted.Append('\\', backslashes + 1);
            backslashes = character == '\\' ? backslashes + 1 : 0;
            quoted.Append(character);
        }

        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
