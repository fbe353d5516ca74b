using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.Analysis.Baselines;
using Experiments.Analysis.Text;
using Experiments.Comparing;
using Experiments.Core;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Engine.Machines;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments baseline show</c>.</summary>
internal static class BaselineShowCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var form = new OutputOption();
        var command = new Command("show", """
            Shows the accepted baseline of each definition for this machine: where it is, what it was accepted from and why, and its medians.

            Example: experiments baseline show experiments/meld-da.yaml --output json
            """) { form };
        command.Arguments.Add(arguments.Files);
        command.SetAction(async (parsed, _) =>
        {
            using var documents = form.Documents(parsed, arguments.FilesOf(parsed).Length);
            return await arguments.ForEachAsync(parsed, form.NotesOf(parsed), definition => Serve(parsed, definition, documents)).ConfigureAwait(false);
        });
        return command;

        Task Serve(ParseResult parsed, ExperimentDefinition definition, JsonDocuments? documents)
        {
            var output = parsed.InvocationConfiguration.Output;
            var machine = MachineReader.Read(definition.Machine);
            var file = Baselines.PathOf(definition, machine);
            var baseline = Baselines.Accepted(definition, machine) ?? throw new DiagnosticException(
                GateDiagnostics.MissingBaseline.Error($"no baseline of {definition.Name} for the machine {machine.Id}; accept one with: experiments baseline accept", definition.PositionOf("name")));
            if (documents is not null)
            {
                documents.Add(JsonSerializer.Serialize(baseline, ExperimentsJson.Indented.Baseline));
                return Task.CompletedTask;
            }

            var rows = BaselineDifference.Between(null, baseline);
            output.WriteLine($"{file}: {Quantity.Count(rows.Count, "configuration")} of sweep {baseline.SweepId} on {baseline.Machine.Id}, accepted {baseline.AcceptedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
                + (baseline.Commit is { } commit ? $", commit {commit[..Math.Min(commit.Length, 12)]}{(baseline.Dirty == true ? " with changes" : "")}" : "")
                + (baseline.Reason is { } reason ? $": {reason}" : ""));
            PlainTable.Write(["configuration", "samples/s", "peak memory", "repeats"], rows.Select(row => new[]
            {
                row.Configuration.Name, PlainTable.Rate(row.SamplesPerSecond.NewMedian), PlainTable.Memory(row.PeakMegabytes.NewMedian),
                row.SamplesPerSecond.New.Count.ToString(CultureInfo.InvariantCulture),
            }), output);
            return Task.CompletedTask;
        }
    }
}
