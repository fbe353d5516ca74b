using System.CommandLine;
using Experiments.Core;
using Experiments.Engine.Journal;
using Experiments.Tool.Commenting;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments comment</c>.</summary>
internal static class CommentCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var from = new Option<string?>("--from") { Description = "A folder that holds sweeps, such as a downloaded artifact; the latest of each experiment is told, and no definition is needed.", HelpName = "folder" };
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to tell; default: the latest finished one.", HelpName = "id" };
        var file = new Option<string?>("--out") { Description = "A file that takes the Markdown as well.", HelpName = "file" };
        var number = new Option<int?>("--pull-request") { Description = "The pull or merge request, where the CI job is not its own.", HelpName = "n" };
        var issue = new Option<bool>("--issue") { Description = "Open an issue instead where a gate failed, or edit the open one." };
        var command = new Command("comment", """
            Posts one comment for each experiment on the pull request of the CI job, or edits the one that is there: the verdict, what changed, how to repeat it. GitHub: GITHUB_TOKEN;
            GitLab: GITLAB_TOKEN. Without a token it goes to the job's summary, else to standard output. The exit code says only whether it was told; 3: the service refused it.

            Examples:
              experiments comment experiments/meld-da.yaml
              experiments comment --from shards --out comment.md
              experiments comment --issue
            """) { from, sweep, file, number, issue };
        arguments.AddFilesTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) is not null && (result.GetValue(sweep) is not null || result.GetValue(arguments.Files) is { Length: > 0 }))
                result.AddError("--from tells all that a folder holds: name no file and no --sweep with it.");
            if (result.GetValue(number) is not null && result.GetValue(issue))
                result.AddError("Say what takes the text: --pull-request or --issue.");
        });
        number.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => int.TryParse(token.Value, out var value) && value < 1))
                result.AddError("--pull-request takes a number from 1 on.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var places = new CommentPlaces(Environment.GetEnvironmentVariable);
            var session = new CommentSession(places, new CiService(Environment.GetEnvironmentVariable), output)
            {
                IsIssue = parsed.GetValue(issue), PullRequest = parsed.GetValue(number), IsInFile = parsed.GetValue(file) is not null,
            };
            var exitCode = parsed.GetValue(from) is { } folder
                ? await BelowAsync(folder).ConfigureAwait(false)
                : await arguments.ForEachAsync(parsed, output, definition => session.TellAsync(
                    Experiment.Report(definition, new SweepOptions { Root = arguments.RootOf(parsed), SweepId = parsed.GetValue(sweep), Notes = output }).Report, cancellationToken)).ConfigureAwait(false);
            if (parsed.GetValue(file) is { } target && session.Texts.Count > 0)
            {
                AtomicFile.WriteAllText(Path.GetFullPath(target), string.Join('\n', session.Texts));
                output.WriteLine(VisibleText.Of($"wrote {target}"));
            }

            return exitCode;

            async Task<int> BelowAsync(string below)
            {
                var outcomes = new DefinitionOutcomes(output, ExperimentsCommand.IsVerbose(parsed));
                IReadOnlyList<SweepRun> runs = [];
                await outcomes.ServeAsync(below, () =>
                {
                    runs = Experiment.ReportsBelow(below);
                    return Task.FromResult(Outcome.Done);
                }, cancellationToken: cancellationToken).ConfigureAwait(false);
                foreach (var run in runs)
                    await outcomes.ServeAsync(run.Report.Sweep.Experiment, () => session.TellAsync(run.Report, cancellationToken), cancellationToken: cancellationToken).ConfigureAwait(false);
                return outcomes.ExitCode;
            }
        });
        return command;
    }
}
