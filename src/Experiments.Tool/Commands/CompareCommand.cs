using System.CommandLine;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Pairs;
using Experiments.Reports.Console;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments compare</c>.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var against = new Option<string?>("--against") { Description = "The old code: a commit, branch or tag, merge-base(origin/main), or last_passing.", HelpName = "revision" };
        var configuration = new Option<string?>("--configuration") { Description = "The old configuration, of the same code, such as num_workers=2.", HelpName = "filters" };
        var with = new Option<string?>("--with") { Description = "The new configuration, such as num_workers=4.", HelpName = "filters" };
        var same = new Option<bool>("--null") { Description = "Compare the code with itself: what this machine can tell, and that it finds nothing where nothing is." };
        var pairs = new PairOptions("Seconds that each configuration may be measured.");
        var output = new OutputOption();
        var command = new Command("compare", """
            Compares old code with new, or one configuration with another, in the same seconds: both run side by side, one stopped while the other runs, in turns of a fifth of a
            second and more. Ends with 1 where something is slower than allowed, 4 where nothing is settled.

            Examples:
              experiments compare experiments/meld-da.yaml --against main
              experiments compare experiments/meld-da.yaml --against "merge-base(origin/main)" --filter num_workers=4
              experiments compare experiments/meld-da.yaml --configuration num_workers=2 --with num_workers=4
            """) { against, configuration, with, same, output };
        pairs.AddTo(command);
        arguments.AddFilesTo(command);
        command.Options.Add(arguments.Filters);
        command.Validators.Add(result =>
        {
            var ways = (result.GetValue(against) is null ? 0 : 1) + (result.GetValue(configuration) is null && result.GetValue(with) is null ? 0 : 1) + (result.GetValue(same) ? 1 : 0);
            if (ways != 1 || result.GetValue(configuration) is null != result.GetValue(with) is null)
                result.AddError("Say what is compared: --against REVISION, or --configuration A --with B, or --null.");
        });
        command.SetAction(async (parsed, _) =>
        {
            using var stop = new StopRequests(whenStandardInputCloses: false);
            using var documents = output.Documents(parsed, arguments.FilesOf(parsed).Length);
            var notes = output.NotesOf(parsed);
            return await arguments.ForEachAsync(parsed, notes, async definition =>
            {
                var request = new CompareRequest
                {
                    Against = parsed.GetValue(against), Configuration = parsed.GetValue(configuration), With = parsed.GetValue(with), Bound = pairs.BoundOf(parsed),
                    Budget = pairs.BudgetOf(parsed), Setup = pairs.SetupOf(parsed), Share = pairs.ShareOf(parsed),
                    Progress = pair => notes.WriteLine(string.Join(Environment.NewLine, LineFolding.Fold(ComparisonText.LineOf(pair), WindowWidth.Of(notes)))),
                };
                var options = new RunOptions { Root = arguments.RootOf(parsed), Notes = notes, Force = stop.Forced, Plan = arguments.PlanOptionsOf(parsed) };
                var run = await Experiment.CompareAsync(definition, request, options, stop.Requested).ConfigureAwait(false);
                if (documents is not null)
                    documents.Add(JsonSerializer.Serialize(run.Report, ExperimentsJson.Indented.ComparisonReport));
                ComparisonText.Write(run.Report, notes);
                notes.WriteLine($"Logs: {Path.GetRelativePath(".", run.Folder)}");
                return new Outcome(stop.Requested.IsCancellationRequested ? ExitCodes.Cancelled : run.ExitCode, ComparisonText.VerdictOf(run.Report));
            }).ConfigureAwait(false);
        });
        return command;
    }
}
