using System.CommandLine;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Pairs;
using Experiments.Reports.Console;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments bisect</c>.</summary>
internal static class BisectCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var good = new Option<string>("--good") { Description = "A commit, branch or tag that is as fast as it should be, merge-base(origin/main), or last_passing.", HelpName = "revision", Required = true };
        var bad = new Option<string>("--bad") { Description = "One that is slower.", HelpName = "revision", DefaultValueFactory = _ => "HEAD" };
        var pairs = new PairOptions("Seconds that each commit may be measured at a time.");
        var total = new Option<double>("--total") { Description = "Minutes of measuring in all.", DefaultValueFactory = _ => 20, HelpName = "minutes" };
        var output = new OutputOption();
        var command = new Command("bisect", """
            Finds the commit that made a configuration slower: commits are run against the good one in the same seconds, the chance of each follows from all that was measured, and the
            one that is found is confirmed against its parent. The same command again continues. Ends with 0 where it is found, 4 where none is certain. Of several configurations
            the one is meant that became slowest in the latest sweep, by its gate.

            Examples:
              experiments bisect experiments/meld-da.yaml --good last_passing
              experiments bisect experiments/meld-da.yaml --good v1.2 --filter dataset=MELD-DA --filter num_workers=4 --filter pin_memory=false
            """) { good, bad, total, output };
        pairs.AddTo(command);
        arguments.AddFilesTo(command);
        command.Options.Add(arguments.Filters);
        PairOptions.Check(total, 1_000_000, "minutes above 0");
        command.SetAction(async (parsed, _) =>
        {
            using var stop = new StopRequests(whenStandardInputCloses: false);
            using var documents = output.Documents(parsed, arguments.FilesOf(parsed).Length);
            var notes = output.NotesOf(parsed);
            return await arguments.ForEachAsync(parsed, notes, async definition =>
            {
                var request = new BisectRequest
                {
                    Good = parsed.GetRequiredValue(good), Bad = parsed.GetRequiredValue(bad), Bound = pairs.BoundOf(parsed), Budget = TimeSpan.FromMinutes(parsed.GetValue(total)),
                    PairBudget = pairs.BudgetOf(parsed), Setup = pairs.SetupOf(parsed), Share = pairs.ShareOf(parsed),
                    Progress = report => notes.WriteLine(BisectionText.ProgressOf(report)),
                };
                var options = new RunOptions { Root = arguments.RootOf(parsed), Notes = notes, Force = stop.Forced, Plan = arguments.PlanOptionsOf(parsed) };
                var run = await Experiment.BisectAsync(definition, request, options, stop.Requested).ConfigureAwait(false);
                if (documents is not null)
                    documents.Add(JsonSerializer.Serialize(run.Report, ExperimentsJson.Indented.BisectionReport));
                BisectionText.Write(run.Report, notes);
                notes.WriteLine($"Logs: {Path.GetRelativePath(".", run.Folder)}");
                return new Outcome(stop.Requested.IsCancellationRequested ? ExitCodes.Cancelled : run.ExitCode, BisectionText.VerdictOf(run.Report));
            }).ConfigureAwait(false);
        });
        return command;
    }
}
