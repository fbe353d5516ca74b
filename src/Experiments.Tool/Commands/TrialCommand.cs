using System.CommandLine;
using Experiments.Cluster;
using Experiments.Core.Results;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments trial</c>: what a job of a cluster runs on its node; nobody calls it by hand.</summary>
internal static class TrialCommand
{
    public static Command Create()
    {
        var batch = new Option<string>("--batch") { Description = "The batch's folder.", Required = true, HelpName = "folder" };
        var task = new Option<int>("--task") { Description = "The job's index in it.", Required = true, HelpName = "n" };
        var attempt = new Option<int>("--attempt") { Description = "How often the job was started before.", Required = true, HelpName = "n" };
        var command = new Command(RunnerCommand.Name, "Runs the trials of a Slurm job on its node.") { batch, task, attempt };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            using var stop = new StopRequests(whenStandardInputCloses: false);
            var session = new NodeSession(parsed.GetRequiredValue(batch), parsed.GetRequiredValue(task), parsed.GetRequiredValue(attempt));
            await session.RunAsync(parsed.InvocationConfiguration.Output, stop.Requested).ConfigureAwait(false);
            return stop.Requested.IsCancellationRequested ? ExitCodes.Cancelled : ExitCodes.Pass;
        });
        return command;
    }
}
