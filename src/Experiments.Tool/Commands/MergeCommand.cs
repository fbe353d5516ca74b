using System.CommandLine;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments merge</c>.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var from = new Option<string[]>("--from") { Description = "A folder that holds sweeps of shards, such as a downloaded artifact. May be repeated.", HelpName = "folder", Required = true, AllowMultipleArgumentsPerToken = true };
        var form = new OutputOption();
        var ci = new CiOption();
        var command = new Command("merge", """
            Makes one sweep of shards that ran elsewhere (run --shard 1/4 and so on), with one verdict over the whole matrix and one report. What is in no shard, or was not finished, is
            named and not measured: exit code 3. Shards of another commit or definition are refused.

            Example: experiments merge experiments/meld-da.yaml --from shards/1 --from shards/2
            """) { from, form, ci };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var documents = form.Documents(parsed, arguments.FilesOf(parsed).Length);
            return await arguments.ForEachAsync(parsed, form.NotesOf(parsed), async definition =>
            {
                var run = await Experiment.MergeAsync(definition, parsed.GetRequiredValue(from), arguments.SweepOf(parsed, null, form), cancellationToken).ConfigureAwait(false);
                await OutputOption.ShowAsync(parsed, run, documents).ConfigureAwait(false);
                ci.Tell(parsed, run, form.NotesOf(parsed));
                return Outcome.Of(run);
            }).ConfigureAwait(false);
        });
        return command;
    }
}
