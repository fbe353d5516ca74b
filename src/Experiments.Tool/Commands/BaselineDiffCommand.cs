using System.CommandLine;
using System.Text.Json;
using Experiments.Analysis.Baselines;
using Experiments.Analysis.Text;
using Experiments.Comparing;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments baseline diff</c>.</summary>
internal static class BaselineDiffCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to compare; default: the latest finished one.", HelpName = "id" };
        var form = new OutputOption();
        var command = new Command("diff", """
            Shows what accepting the latest sweep of each definition would change in the baseline: throughput and memory of each configuration, what
            would be lost and what is new, and what speaks against it. Changes nothing.

            Example: experiments baseline diff experiments/meld-da.yaml --output json
            """) { sweep, form };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var documents = form.Documents(parsed, arguments.FilesOf(parsed).Length);
            return await arguments.ForEachAsync(parsed, form.NotesOf(parsed), definition => Serve(parsed, definition, documents)).ConfigureAwait(false);
        });
        return command;

        Task Serve(ParseResult parsed, ExperimentDefinition definition, JsonDocuments? documents)
        {
            var output = parsed.InvocationConfiguration.Output;
            var report = LatestSweep.Of(arguments.RootOf(parsed), definition, parsed.GetValue(sweep)).Report;
            var current = Baselines.Accepted(definition, report.Sweep.Machine);
            var changes = BaselineDifference.Between(current, BaselineFrom.Sweep(report.Sweep, report.Sweep.EndedAt));
            var objections = Objections.To(report, definition, current);
            if (documents is not null)
            {
                documents.Add(JsonSerializer.Serialize(
                    new { experiment = definition.Name, machine = report.Sweep.Machine.Id, baseline = current?.SweepId, sweep = report.Sweep.SweepId, configurations = changes, objections }, BaselineCommand.Json));
            }
            else
            {
                Write(definition, current, report.Sweep.SweepId, changes, output);
                foreach (var objection in objections)
                    output.WriteLine($"needs --reason: {objection}");
            }

            return Task.CompletedTask;
        }
    }

    private static void Write(ExperimentDefinition definition, Baseline? current, string sweepId, IReadOnlyList<BaselineDifference> changes, TextWriter output)
    {
        output.WriteLine(current is null
            ? $"{definition.Name}: there is no baseline for this machine; sweep {sweepId} would be the first"
            : $"{definition.Name}: sweep {current.SweepId} is the baseline, sweep {sweepId} would replace it");
        PlainTable.Write(["configuration", "samples/s", "would be", "change", "peak memory", "would be", "change", ""], changes.Select(one => new[]
        {
            one.Configuration.Name,
            PlainTable.Rate(one.SamplesPerSecond.OldMedian), PlainTable.Rate(one.SamplesPerSecond.NewMedian), PlainTable.Change(one.SamplesPerSecond.ChangePercent),
            PlainTable.Memory(one.PeakMegabytes.OldMedian), PlainTable.Memory(one.PeakMegabytes.NewMedian), PlainTable.Change(one.PeakMegabytes.ChangePercent),
            one.Change switch { BaselineChange.Lost => "lost", BaselineChange.New => "new", _ => "" },
        }), output);
        output.WriteLine($"{Quantity.Count(changes.Count(one => one.Change == BaselineChange.Lost), "configuration")} lost, {changes.Count(one => one.Change == BaselineChange.New)} new");
    }
}
