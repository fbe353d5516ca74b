using System.Text.RegularExpressions;

namespace Experiments.Packages.Tests.Pages;

/// <summary>A command that a page shows in a block <c>console</c>, and what it prints there.</summary>
/// <param name="Line">The command, which stands behind a <c>$</c>.</param>
/// <param name="Output">The lines under it; <c>…</c> stands for any.</param>
internal sealed partial record ShownCommand(string Line, IReadOnlyList<string> Output)
{
    /// <summary>All of a page, in order.</summary>
    public static IReadOnlyList<ShownCommand> Of(string page)
    {
        var commands = new List<(string Line, List<string> Output)>();
        foreach (var line in Blocks().Matches(page.ReplaceLineEndings("\n")).SelectMany(block => block.Groups["text"].Value.TrimEnd('\n').Split('\n')))
        {
            if (line.StartsWith("$ ", StringComparison.Ordinal))
                commands.Add((line[2..], []));
            else
                commands[^1].Output.Add(line);
        }

        return [.. commands.Select(command => new ShownCommand(command.Line, command.Output))];
    }

    /// <summary>Every line that the page shows was printed, in this order; figures, and how wide columns are, differ from run to run.</summary>
    public void WasPrintedIn(string printed)
    {
        var lines = new Queue<string>(printed.ReplaceLineEndings("\n").Split('\n').Select(WithoutFigures));
        foreach (var shown in Output.Where(line => line != "…").Select(WithoutFigures))
        {
            while (lines.TryPeek(out var next) && next != shown)
                lines.Dequeue();
            Assert.True(lines.TryDequeue(out _), $"$ {Line}\ndoes not print, where the page shows it:\n{shown}\nbut:\n{printed}");
        }
    }

    private static string WithoutFigures(string line) => Space().Replace(Figure().Replace(Identity().Replace(line, "#"), "#"), " ").Trim();

    [GeneratedRegex("^```console\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    // A sweep's, or a machine's: 20261129-131044-ab99, 2c-24g-32fb0a.
    [GeneratedRegex("[0-9]{8}-[0-9]{6}-[0-9a-f]{4}|[0-9]+c-[0-9]+g-[0-9a-f]{6}")]
    private static partial Regex Identity();

    // A duration, a size, or any other number.
    [GeneratedRegex(@"(?:\d+ h )?(?:\d+ min )?\d+(?:\.\d+)? s\b|\d+(?:\.\d+)? [GM]iB|[-+−]?\d+(?:\.\d+)*")]
    private static partial Regex Figure();

    [GeneratedRegex(@"[\s─]+")]
    private static partial Regex Space();
}
