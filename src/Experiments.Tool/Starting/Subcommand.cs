using System.Text.RegularExpressions;

namespace Experiments.Tool.Starting;

/// <summary>Finds the command of a script that has several: <c>train</c> of <c>cli.py train --num-workers 4</c>.</summary>
internal static partial class Subcommand
{
    /// <summary>The commands of a script; empty where it has none.</summary>
    /// <param name="sources">The script, then what it imports.</param>
    public static IReadOnlyList<string> All(IEnumerable<PythonSource> sources) => [.. sources.SelectMany(source => Of(source.Code)).Distinct(StringComparer.Ordinal)];

    /// <summary>The one that trains; null where that is not clear.</summary>
    /// <param name="commands">The commands.</param>
    public static string? ThatTrains(IReadOnlyList<string> commands) =>
        commands.Where(command => command.Contains("train", StringComparison.OrdinalIgnoreCase) || command == "fit").ToArray() is [var only] ? only
        : commands is [var single] ? single : null;

    private static IEnumerable<string> Of(string code)
    {
        if (code.Contains("LightningCLI(", StringComparison.Ordinal))
            return ["fit"];
        string[] decorated = [.. Decorated().Matches(code).Select(match => match.Groups["name"] is { Success: true } name ? name.Value : match.Groups["function"].Value.Replace('_', '-'))];
        var isGroup = code.Contains(".group(", StringComparison.Ordinal) || (code.Contains("Typer(", StringComparison.Ordinal) && decorated.Length > 1); // Typer hides a single one
        return ArgparseParser().Matches(code).Select(match => match.Groups["name"].Value).Concat(isGroup ? decorated : []);
    }

    [GeneratedRegex(@"^@(?!click\.)\w+\.command\(\s*(?:(?:name\s*=\s*)?[""'](?<name>[\w-]+)[""'])?[^\n]*\n(?:[@ \t)][^\n]*\n)*(?:async )?def (?<function>\w+)", RegexOptions.Multiline)]
    private static partial Regex Decorated();

    [GeneratedRegex(@"\.add_parser\(\s*[""'](?<name>[\w-]+)[""']")]
    private static partial Regex ArgparseParser();
}
