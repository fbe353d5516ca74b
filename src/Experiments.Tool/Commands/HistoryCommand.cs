using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Experiments.Analysis.History;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Definitions;
using Experiments.Engine.Machines;
using Experiments.Pages;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments history</c>.</summary>
internal static class HistoryCommand
{
    private static readonly JsonSerializerOptions Json = new(ExperimentsJson.Indented.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var output = new OutputOption();
        var machine = new Option<string?>("--machine") { Description = "The machine whose sweeps are shown, by its fingerprint; default: this one.", HelpName = "id" };
        var html = new Option<string?>("--html")
        {
            Description = "Writes pages into this folder: an overview, each experiment's nights of all machines (or that of --machine), each sweep's report.", HelpName = "folder",
        };
        var command = new Command("history", """
            Shows what moved the throughput of each configuration for good, over the sweeps of the folder and of MLflow: lasting changes with the
            commits between which they came, and drift too slow for any single sweep to show.

            Examples:
              experiments history experiments/meld-da.yaml --output json
              experiments history experiments/*.yaml --html site
            """) { output, machine, html };
        arguments.AddFilesTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(html) is not null && result.GetValue(output) == "json")
                result.AddError("--html writes pages and prints no document; leave --output json out.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(html) is { } folder)
            {
                return await WritePagesAsync(arguments, parsed, new HistorySite(folder, arguments.SweepOf(parsed, sweep: null, output)), parsed.GetValue(machine), cancellationToken)
                    .ConfigureAwait(false);
            }

            using var documents = output.Documents(parsed, arguments.FilesOf(parsed).Length);
            return await arguments.ForEachAsync(parsed, output.NotesOf(parsed), async definition =>
            {
                var machineId = parsed.GetValue(machine) ?? MachineReader.Read(definition.Machine).Id;
                var histories = await Experiment.HistoryAsync(definition, arguments.SweepOf(parsed, sweep: null, output), machineId, cancellationToken).ConfigureAwait(false);
                if (documents is not null)
                    documents.Add(JsonSerializer.Serialize(new { experiment = definition.Name, machine = machineId, configurations = histories }, Json));
                else
                    WriteTable(definition, machineId, histories, parsed.InvocationConfiguration.Output);
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> WritePagesAsync(DefinitionArguments arguments, ParseResult parsed, HistorySite site, string? machineId, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        return await arguments.ForEachAsync(parsed, output, async definition =>
        {
            var overview = await site.AddAsync(definition, machineId, cancellationToken).ConfigureAwait(false);
            var index = await site.WriteIndexAsync(cancellationToken).ConfigureAwait(false);
            output.WriteLine($"{definition.Name}: {Quantity.Count(overview.Nights, "night")}; pages: {Path.GetRelativePath(".", index)}");
        }).ConfigureAwait(false);
    }

    private static void WriteTable(ExperimentDefinition definition, string machineId, IReadOnlyList<ConfigurationHistory> histories, TextWriter output)
    {
        output.WriteLine($"{definition.Name} on {machineId}: {Quantity.Count(histories.Select(history => history.Points.Count).DefaultIfEmpty(0).Max(), "sweep")}");
        PlainTable.Write(["configuration", "sweeps", "first", "last", "what moved it"], histories.Select(history => new[]
        {
            history.Configuration.Name, history.Points.Count.ToString(CultureInfo.InvariantCulture), Quantity.Rate(history.Points[0].Value), Quantity.Rate(history.Points[^1].Value), Moves(history),
        }), output);
        foreach (var (history, change) in histories.SelectMany(history => history.Changes.Select(change => (history, change))))
        {
            if (change is { ChangePercent: < 0, Before.Commit: { } good, After.Commit: { } bad } && good != bad)
                output.WriteLine($"which commit: experiments bisect {definition.File} --good {CommitName.Short(good)} --bad {CommitName.Short(bad)} --filter {string.Join(" --filter ", history.Configuration.Values.Select(value => $"{value.Key}={value.Value.Text}"))}");
        }
    }

    private static string Moves(ConfigurationHistory history) => history switch
    {
        { Points.Count: < 2 * Trend.LeastNights } => string.Create(CultureInfo.InvariantCulture, $"at least {2 * Trend.LeastNights} sweeps are needed to tell"),
        { Drift: { } drift } => $"drift of {Signed(drift.ChangePercent)} over all",
        { Changes.Count: > 0 } => string.Join("; ", history.Changes.Select(change =>
            $"{Signed(change.ChangePercent)} between {change.Before.Name} and {change.After.Name} ({change.After.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})")),
        _ => "nothing",
    };

    private static string Signed(double percent) => (percent > 0 ? "+" : "") + Quantity.Percent(percent);
}
