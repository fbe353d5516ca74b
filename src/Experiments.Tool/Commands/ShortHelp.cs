using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Experiments.Tool.Commands;

/// <summary>Help in which a list of commands shows one sentence of each; a command's own help shows all of it, with its examples.</summary>
internal sealed class ShortHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    public override int Invoke(ParseResult parseResult)
    {
        foreach (var command in parseResult.CommandResult.Command.Subcommands)
            command.Description = FirstSentence(command.Description ?? "");
        return _help.Invoke(parseResult);
    }

    internal static string FirstSentence(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? line[..(end + 1)] : line;
    }
}
