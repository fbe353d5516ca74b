using System.CommandLine;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments publish</c>.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to publish; default: the latest, and those that were not wholly sent.", HelpName = "id" };
        var command = new Command("publish", """
            Completes the record of sweeps in MLflow: sends what could not be sent while they ran, and records from their folders what never was.
            May be repeated: what MLflow holds already stays as it is. Exit code 3: MLflow has not taken everything.

            Examples:
              experiments publish experiments/meld-da.yaml
              MLFLOW_TRACKING_URI=http://mlflow:5000 experiments publish experiments/*.yaml
            """) { sweep };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            return await arguments.ForEachAsync(parsed, output, async definition =>
            {
                var options = new SweepOptions { Root = arguments.RootOf(parsed), SweepId = parsed.GetValue(sweep), Notes = output };
                var sweeps = new DefinitionOutcomes(output, ExperimentsCommand.IsVerbose(parsed));
                foreach (var id in Experiment.Unpublished(definition, options))
                    await sweeps.ServeAsync($"{definition.Name} {id}", () => PublishAsync(definition, id, options, cancellationToken)).ConfigureAwait(false);
                sweeps.Print();
                return new Outcome(sweeps.ExitCode, sweeps.ExitCode == ExitCodes.Pass ? "published" : "not wholly published");
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static Outcome NotWhole { get; } = new(ExitCodes.TrialFailed, "not wholly published");

    private static async Task<Outcome> PublishAsync(ExperimentDefinition definition, string sweepId, SweepOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await Experiment.PublishAsync(definition, sweepId, options, cancellationToken).ConfigureAwait(false);
            return outcome.IsComplete ? new Outcome(ExitCodes.Pass, "published") : NotWhole;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            options.Notes.WriteLine(TrackingDiagnostics.NotRecorded.Error($"sweep {sweepId}: {problem.Message}", definition.PositionOf("name")));
            return NotWhole;
        }
    }
}
