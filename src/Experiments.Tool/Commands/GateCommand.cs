using System.CommandLine;
using Experiments.Core.Results;
using Experiments.Reports.Files;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments gate</c>.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to judge; default: the latest finished one.", HelpName = "id" };
        var form = new OutputOption();
        var command = new Command("gate", """
            Judges the latest sweep of each definition again, against the definition's gates and the baseline as they are now. Runs nothing.

            Example: experiments gate experiments/meld-da.yaml --output json
            """) { sweep, form };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var worst = VerdictKind.Pass;
            var served = await arguments.ForEachAsync(parsed, form.NotesOf(parsed), async definition =>
            {
                var (folder, measured) = LatestSweep.Of(arguments.RootOf(parsed), definition, parsed.GetValue(sweep));
                var comparison = await Comparison.ReadAsync(definition, arguments.RootOf(parsed), measured.Sweep.Machine, measured.Sweep.StartedAt, cancellationToken).ConfigureAwait(false);
                var report = await comparison.JudgeAsync(measured.Sweep, form.NotesOf(parsed), cancellationToken).ConfigureAwait(false);
                await ReportFiles.WriteAsync(folder.Path, report, cancellationToken).ConfigureAwait(false);
                await form.ShowAsync(parsed, report, folder.Path).ConfigureAwait(false);
                worst = (VerdictKind)Math.Max((int)worst, (int)report.Assessment.Verdict);
            }).ConfigureAwait(false);
            return served != ExitCodes.Pass ? served : ExitCodes.Of(worst);
        });
        return command;
    }
}
