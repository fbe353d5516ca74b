using System.CommandLine;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments gate</c>.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to judge; default: the latest finished one.", HelpName = "id" };
        var form = new OutputOption();
        var ci = new CiOption();
        var command = new Command("gate", """
            Judges the latest sweep of each definition again, against the definition's gates and the baseline as they are now. Runs nothing.

            Example: experiments gate experiments/meld-da.yaml --output json
            """) { sweep, form, ci };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var documents = form.Documents(parsed, arguments.FilesOf(parsed).Length);
            return await arguments.ForEachAsync(parsed, form.NotesOf(parsed), async definition =>
            {
                var run = await Experiment.GateAsync(definition, arguments.SweepOf(parsed, sweep, form), cancellationToken).ConfigureAwait(false);
                await OutputOption.ShowAsync(parsed, run, documents).ConfigureAwait(false);
                await Experiment.WriteAsync(run, cancellationToken).ConfigureAwait(false); // after the verdict is told: a disk may refuse it
                ci.Tell(parsed, run, form.NotesOf(parsed));
                return Outcome.Of(run);
            }).ConfigureAwait(false);
        });
        return command;
    }
}
