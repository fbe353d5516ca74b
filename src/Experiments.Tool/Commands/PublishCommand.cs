using System.CommandLine;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Reports.Tracking;
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
            var complete = true;
            var served = await arguments.ForEachAsync(parsed, output, async definition =>
            {
                foreach (var folder in PublishedSweeps.Of(arguments.RootOf(parsed), definition, parsed.GetValue(sweep), Tracking.UriOf(definition)))
                    complete &= await PublishAsync(folder, definition, arguments.RootOf(parsed), output, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
            return served != ExitCodes.Pass ? served : complete ? ExitCodes.Pass : ExitCodes.TrialFailed;
        });
        return command;
    }

    private static async Task<bool> PublishAsync(
        SweepFolder folder, ExperimentDefinition definition, string root, TextWriter output, CancellationToken cancellationToken)
    {
        var (sweep, report) = PublishedSweeps.Read(folder, definition);
        var datasets = DatasetPreparation.Find(sweep.Definition, sweep.Plan, root);
        await using var store = Tracking.Open(definition);
        try
        {
            var publisher = new MlflowPublisher(store, Tracking.OptionsFor(definition, datasets) with { OnWaiting = output.WriteLine });
            var outcome = await publisher.PublishAsync(sweep, report, cancellationToken).ConfigureAwait(false);
            var state = report is null ? ", which has not ended: resume it with experiments run --resume" : "";
            if (!ReferenceEquals(sweep.Definition, definition))
                output.WriteLine($"{definition.File} has changed since sweep {sweep.SweepId}, which is recorded as it began");
            if (outcome.IsComplete)
                output.WriteLine($"{definition.Name}: published sweep {sweep.SweepId}{state}");
            Tracking.Print(outcome, output);
            return outcome.IsComplete;
        }
        catch (IOException problem)
        {
            output.WriteLine(TrackingDiagnostics.NotRecorded.Error($"sweep {sweep.SweepId}: {problem.Message}", definition.PositionOf("name")));
            return false;
        }
    }
}
