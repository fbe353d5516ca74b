using System.Globalization;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.Experiments.Tool;

/// <summary>Writes the command line of the <c>experiments</c> command.</summary>
internal static class CommandLine
{
    public static ProcessArgumentBuilder Write(ExperimentsCommand command, IEnumerable<string> definitions, ExperimentsSettings settings)
    {
        var arguments = new ProcessArgumentBuilder();
        arguments.Append(command switch
        {
            ExperimentsCommand.Plan => "plan",
            ExperimentsCommand.Run => "run",
            ExperimentsCommand.Gate => "gate",
            ExperimentsCommand.Merge => "merge",
            ExperimentsCommand.Comment => "comment",
            ExperimentsCommand.History => "history",
            ExperimentsCommand.AcceptBaseline => "baseline accept",
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command."),
        });
        foreach (var definition in definitions)
            arguments.AppendQuoted(definition);

        if (command is ExperimentsCommand.Plan or ExperimentsCommand.Run)
        {
            foreach (var filter in settings.Filters)
                arguments.AppendSwitchQuoted("--filter", filter);
            Option(arguments, "--shard", settings.Shard);
            Option(arguments, "--repeats", settings.Repeats?.ToString(CultureInfo.InvariantCulture));
            Option(arguments, "--seed", settings.Seed?.ToString(CultureInfo.InvariantCulture));
        }

        if (command is ExperimentsCommand.Merge)
        {
            foreach (var folder in settings.From)
                arguments.AppendSwitchQuoted("--from", folder.FullPath);
        }

        if (command is ExperimentsCommand.Comment && settings.Issue)
            arguments.Append("--issue");
        if (command is ExperimentsCommand.AcceptBaseline)
            Option(arguments, "--reason", settings.Reason);
        if (command is not ExperimentsCommand.Plan)
            Option(arguments, "--root", settings.Root?.FullPath);
        if (command is ExperimentsCommand.Run && settings.Resume)
            arguments.Append("--resume");
        if (command is ExperimentsCommand.Run)
            arguments.Append("--stop-when-stdin-closes"); // Ctrl+C, and the end of Cake by any cause, reach the trials this way
        return arguments;
    }

    private static void Option(ProcessArgumentBuilder arguments, string name, string? value)
    {
        if (value is not null)
            arguments.AppendSwitchQuoted(name, value);
    }
}
