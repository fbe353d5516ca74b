using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Experiments.Analysis.Baselines;
using Experiments.Analysis.Text;
using Experiments.Comparing;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Engine.Baselines;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments baseline</c>: <c>accept</c>, <c>show</c>, <c>diff</c>.</summary>
internal static class BaselineCommand
{
    /// <summary>How documents of these commands are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(ExperimentsJson.Indented.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), Converters = { new JsonStringEnumConverter<BaselineChange>(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create() => new("baseline", "Manages the accepted results that gates compare with.") { CreateAccept(), BaselineShowCommand.Create(), BaselineDiffCommand.Create() };

    private static Command CreateAccept()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to accept; default: the latest finished one.", HelpName = "id" };
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the file. Needed for a sweep that is not whole and passing, or worse.", HelpName = "text" };
        var command = new Command("accept", """
            Accepts the latest sweep of each definition as the baseline of the machine that it ran on, in baselines/ beside the definition.
            A sweep that is not whole (failed or missing trials, --filter, --shard), is red, is slower or larger than the baseline in force, or
            would lose configurations of it needs --reason. What would change: experiments baseline diff.

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
                var report = LatestSweep.Of(arguments.RootOf(parsed), definition, parsed.GetValue(sweep)).Report;
                var measured = report.Sweep;
                var decision = Ratchet.Decide(report, definition, Baselines.Accepted(definition, measured.Machine), parsed.GetValue(reason));
                if (!decision.Accepted)
                    throw new DiagnosticException(GateDiagnostics.NotAccepted.Error($"sweep {measured.SweepId}: {decision.Reason}", definition.PositionOf("name")));
                var baseline = BaselineFrom.Sweep(measured, DateTimeOffset.UtcNow, parsed.GetValue(reason));
                var file = Baselines.PathOf(definition, measured.Machine);
                BaselineFile.Write(file, baseline);
                output.WriteLine($"{file}: {Quantity.Count(baseline.Configurations.Count, "configuration")} of {measured.SweepId} accepted for {measured.Machine.Id}: {decision.Reason}");
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        });
        return command;
    }
}
