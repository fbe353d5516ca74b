using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Tool.Running;
using Spectre.Console;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments plan</c>.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var output = new OutputOption();
        var command = new Command("plan", """
            Prints the trials that a sweep would run, in their order.

            Example: experiments plan experiments/meld-da.yaml --filter num_workers=0,4 --output json
            """) { output };
        arguments.AddFilesTo(command);
        arguments.AddPlanOptionsTo(command);
        command.SetAction(parsed =>
        {
            var written = parsed.InvocationConfiguration.Output;
            var planned = DefinitionLoading.Plan(arguments.FilesOf(parsed), arguments.PlanOptionsOf(parsed), output.NotesOf(parsed));
            if (planned is null)
                return ExitCodes.BadUsage;
            foreach (var (_, plan) in planned)
                if (output.IsJson(parsed))
                    written.WriteLine(JsonSerializer.Serialize(plan, ExperimentsJson.Indented.Plan));
                else
                    WriteTable(plan, written);
            return ExitCodes.Pass;
        });
        return command;
    }

    private static void WriteTable(Plan plan, TextWriter output)
    {
        var axes = plan.Configurations.SelectMany(configuration => configuration.Values.Keys).Distinct().ToList();
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns(["#", "trial", "repeat", .. axes]);
        for (var index = 0; index < plan.Trials.Count; index++)
        {
            var trial = plan.Trials[index];
            table.AddRow(
            [
                (index + 1).ToString(CultureInfo.InvariantCulture), trial.Id, trial.Repeat.ToString(CultureInfo.InvariantCulture),
                .. axes.Select(axis => trial.Configuration.Values.TryGetValue(axis, out var value) ? Markup.Escape(value.Text) : ""),
            ]);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = 4096; // a file or a pipe has no edge to wrap at
        console.Write(table);
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"{plan.Experiment}: {plan.Configurations.Count} configurations, {plan.Trials.Count} trials, seed {plan.Seed}");
    }
}
