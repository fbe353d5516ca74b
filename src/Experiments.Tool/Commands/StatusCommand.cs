using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Experiments.Core;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments status</c>.</summary>
internal static class StatusCommand
{
    private static readonly JsonSerializerOptions Json = new(ExperimentsJson.Indented.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep; default: the latest of each definition.", HelpName = "id" };
        var all = new Option<bool>("--all") { Description = "Show every trial, those that have ended or wait as well." };
        var output = new OutputOption();
        var command = new Command("status", """
            Shows how far a sweep is: what is done, what runs and where, what waits. Reads the sweep's files alone, so that it works while nobody attends to
            the sweep, and while Slurm does not answer. To follow it: watch experiments status.

            Example: experiments status experiments/meld-da.yaml
            """) { sweep, all, output };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var documents = output.Documents(parsed, arguments.FilesOf(parsed).Length);
            return await arguments.ForEachAsync(parsed, output.NotesOf(parsed), definition =>
            {
                var status = Experiment.Status(definition, arguments.SweepOf(parsed, sweep, output));
                if (documents is not null)
                    documents.Add(JsonSerializer.Serialize(status, Json));
                else
                    Write(status, parsed.GetValue(all), parsed.InvocationConfiguration.Output);
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static void Write(SweepStatus status, bool isAll, TextWriter output)
    {
        var counts = status.Trials.GroupBy(trial => trial.State, StringComparer.Ordinal).Select(state => string.Create(CultureInfo.InvariantCulture, $"{state.Count()} {state.Key}"));
        output.WriteLine($"{status.Experiment}, sweep {status.SweepId}{(status.IsOnCluster ? " on Slurm" : "")}{(status.IsFinished ? ", finished" : "")}: {string.Join(", ", counts)}");
        var shown = status.Trials.Where(trial => isAll || trial.State is "running" or "ended" or "failed").ToArray();
        if (shown.Length > 0)
        {
            PlainTable.Write(["trial", "configuration", "state", "node", "since"], shown.Select(trial => new[]
            {
                trial.TrialId, trial.Configuration, trial.State, trial.Node ?? "-", trial.StartedAt?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-",
            }), output);
        }
    }
}
