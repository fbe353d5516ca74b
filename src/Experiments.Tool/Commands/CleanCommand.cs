using System.CommandLine;
using Experiments.Analysis.Text;
using Experiments.Cleaning;
using Experiments.Core;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments clean</c>.</summary>
internal static class CleanCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var last = new Option<int>("--keep-last") { Description = "The latest sweeps of each definition that stay whole.", DefaultValueFactory = _ => 20, HelpName = "n" };
        var days = new Option<int>("--keep-days") { Description = "Sweeps of so many days stay whole; also, worktrees of old code that are older go.", DefaultValueFactory = _ => 0, HelpName = "days" };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would go." };
        foreach (var count in new[] { last, days })
        {
            count.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => int.TryParse(token.Value, out var value) && value is < 0 or > 100_000))
                    result.AddError($"{count.Name} takes a whole number from 0 to 100000.");
            });
        }

        var command = new Command("clean", """
            Removes the logs, events and telemetry of old sweeps' trials. Their results, plans and journals stay, so that history, trends, baselines and reports lose nothing; what MLflow has
            not taken yet and what can be resumed stays whole.

            Example: experiments clean experiments/*.yaml --keep-last 30 --dry-run
            """) { last, days, dry };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            return await arguments.ForEachAsync(parsed, output, definition =>
            {
                var request = new CleanRequest { KeepLast = parsed.GetValue(last), OlderThan = TimeSpan.FromDays(parsed.GetValue(days)), IsDryRun = parsed.GetValue(dry) };
                var gone = Experiment.Clean(definition, request, new SweepOptions { Root = arguments.RootOf(parsed), Notes = output });
                foreach (var one in gone)
                    output.WriteLine(VisibleText.Of($"{(request.IsDryRun ? "would remove" : "removed")} {Path.GetRelativePath(".", one.Path)} ({Quantity.Bytes(one.Bytes)})"));
                output.WriteLine(gone.Count == 0 ? $"{definition.Name}: nothing is old" : $"{definition.Name}: {Quantity.Bytes(gone.Sum(one => one.Bytes))} in {Quantity.Count(gone.Count, "folder")}");
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        });
        return command;
    }
}
