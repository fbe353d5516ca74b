using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Definitions;
using Experiments.Reports.Console;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments plan</c>.</summary>
internal static class PlanCommand
{
    /// <summary>Trials whose table is fitted to the window; of more it is written row by row, because nobody can see it at once.</summary>
    private const int MostLaidOut = 10_000;

    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var output = new OutputOption();
        var inputs = new Option<bool>("--inputs") { Description = "The files that the definitions depend on, one a line, instead of the trials." };
        var command = new Command("plan", """
            Prints the trials that a sweep would run, in their order.

            Example: experiments plan experiments/meld-da.yaml --filter num_workers=0,4 --output json
            """) { output, inputs };
        arguments.AddFilesTo(command);
        arguments.AddPlanOptionsTo(command);
        command.SetAction(parsed =>
        {
            var written = parsed.InvocationConfiguration.Output;
            var planned = DefinitionLoading.Plan(arguments.FilesOf(parsed), arguments.PlanOptionsOf(parsed), output.NotesOf(parsed));
            if (planned is null)
                return ExitCodes.BadUsage;
            if (parsed.GetValue(inputs))
            {
                foreach (var input in planned.SelectMany(each => DefinitionInputs.Of(each.Definition)).Distinct())
                    written.WriteLine(input);
                return ExitCodes.Pass;
            }

            using var documents = output.Documents(parsed, planned.Count);
            foreach (var (_, plan) in planned)
                if (documents is not null && planned.Count == 1)
                    WriteJson(plan, written);
                else if (documents is not null)
                    documents.Add(JsonSerializer.Serialize(plan, ExperimentsJson.Indented.Plan));
                else if (plan.Trials.Count > MostLaidOut)
                    PlanTable.Write(plan, written);
                else
                    WriteTable(plan, written);
            return ExitCodes.Pass;
        });
        return command;
    }

    private static void WriteJson(Plan plan, TextWriter output)
    {
        using var stream = new TextStream(output);
        JsonSerializer.Serialize(stream, plan, ExperimentsJson.Indented.Plan);
        output.WriteLine();
    }

    private static void WriteTable(Plan plan, TextWriter output)
    {
        var axes = plan.Configurations.SelectMany(configuration => configuration.Values.Keys).Distinct().ToList();
        new TextTable
        {
            Columns = [new("#"), new("trial") { IsLeft = true, LeftOut = 1 }, new("repeat"), .. axes.Select(axis => new TextColumn(axis) { IsLeft = true, IsSetting = true })],
            Rows =
            [
                .. plan.Trials.Select((trial, index) => (IReadOnlyList<string>)
                [
                    (index + 1).ToString(CultureInfo.InvariantCulture), trial.Id, trial.Repeat.ToString(CultureInfo.InvariantCulture),
                    .. axes.Select(axis => trial.Configuration.Values.TryGetValue(axis, out var value) ? value.Text : ""),
                ]),
            ],
        }.WriteTo(output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{plan.Experiment}: {Quantity.Count(plan.Configurations.Count, "configuration")}, {Quantity.Count(plan.Trials.Count, "trial")}, seed {plan.Seed}"));
    }
}
