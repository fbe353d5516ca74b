using System.CommandLine;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to show; default: the latest finished one.", HelpName = "id" };
        var output = new OutputOption();
        var command = new Command("report", """
            Shows the latest sweep of each definition as it was judged, and writes its results.csv, summary.md, junit.xml and report.html
            anew from its results.json. Runs and judges nothing; the exit code says only whether there was something to show.

            Examples:
              experiments report experiments/meld-da.yaml
              experiments report experiments/meld-da.yaml --sweep 20261122-213348-4352 --output json
            """) { sweep, output };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var documents = output.Documents(parsed, arguments.FilesOf(parsed).Length);
            return await arguments.ForEachAsync(parsed, output.NotesOf(parsed), async definition =>
            {
                var run = Experiment.Report(definition, arguments.SweepOf(parsed, sweep, output));
                await OutputOption.ShowAsync(parsed, run, documents).ConfigureAwait(false);
                await Experiment.WriteAsync(run, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });
        return command;
    }
}
