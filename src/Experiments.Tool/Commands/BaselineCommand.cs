using System.CommandLine;
using Experiments.Analysis.Baselines;
using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Engine.Baselines;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments baseline accept</c>.</summary>
internal static class BaselineCommand
{
    public static Command Create() => new("baseline", "Manages the accepted results that gates compare with.") { CreateAccept() };

    private static Command CreateAccept()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to accept; default: the latest finished one.", HelpName = "id" };
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the file. Needed for a slower baseline.", HelpName = "text" };
        var command = new Command("accept", """
            Accepts the latest sweep of each definition as the baseline of the machine that it ran on, in baselines/ beside the definition.
            One that is slower than the baseline in force needs --reason.

            Examples:
              experiments baseline accept experiments/meld-da.yaml
              experiments baseline accept experiments/meld-da.yaml --reason "checksums of every batch since the corruption"
            """) { sweep, reason };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            return await arguments.ForEachAsync(parsed, output, definition =>
            {
                var measured = LatestSweep.Of(arguments.RootOf(parsed), definition, parsed.GetValue(sweep)).Report.Sweep;
                var baseline = BaselineFrom.Sweep(measured, DateTimeOffset.UtcNow, parsed.GetValue(reason));
                var file = Baselines.PathOf(definition, measured.Machine);
                var decision = Ratchet.Decide(Baselines.Accepted(definition, measured.Machine), baseline, baseline.Reason);
                if (!decision.Accepted)
                    throw new DiagnosticException(GateDiagnostics.NotAccepted.Error($"sweep {measured.SweepId}: {decision.Reason}", definition.PositionOf("name")));
                BaselineFile.Write(file, baseline);
                output.WriteLine($"{file}: {Quantity.Count(baseline.Configurations.Count, "configuration")} of {measured.SweepId} accepted for {measured.Machine.Id}: {decision.Reason}");
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        });
        return command;
    }
}
