using System.CommandLine;
using Experiments.Analysis.Text;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments cancel</c>.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var sweep = new Option<string?>("--sweep") { Description = "The sweep whose jobs end; default: the latest of each definition.", HelpName = "id" };
        var command = new Command("cancel", """
            Cancels the jobs that a sweep has on Slurm, from any machine. What is measured stays, and resume continues the sweep.

            Example: experiments cancel experiments/meld-da.yaml
            """) { sweep };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            return await arguments.ForEachAsync(parsed, output, async definition =>
            {
                var options = new SweepOptions { Root = arguments.RootOf(parsed), SweepId = parsed.GetValue(sweep), Notes = output };
                var cancelled = await Experiment.CancelAsync(definition, options, cancellationToken).ConfigureAwait(false);
                output.WriteLine($"{definition.Name}: called back {Quantity.Count(cancelled, "trial")}");
            }).ConfigureAwait(false);
        });
        return command;
    }
}
