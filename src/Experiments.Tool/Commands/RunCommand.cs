using System.CommandLine;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments run</c>.</summary>
internal static class RunCommand
{
    /// <summary>What <c>--resume</c> means without an id.</summary>
    internal const string Latest = "latest";

    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var resume = new Option<string?>("--resume")
        {
            Description = "Continue a sweep that was cut off: its id, or the latest unfinished one of each definition.",
            Arity = ArgumentArity.ZeroOrOne, HelpName = "sweep",
        };
        var output = new OutputOption();
        var stdin = new Option<bool>("--stop-when-stdin-closes") { Description = "Cancel when standard input closes, for callers that cannot send a signal." };
        var foreseen = new Option<bool>("--run-foreseen") { Description = "Run also what is foreseen to pass its memory limit." };
        var command = new Command("run", """
            Runs the sweep of each definition, judges it and reports. The worst verdict is the exit code.
            Ctrl+C lets the running trial end (a second one does not); --resume continues.

            Examples:
              experiments run
              experiments run experiments/meld-da.yaml --filter num_workers=0,4 --repeats 5
              experiments run experiments/meld-da.yaml --resume
              experiments run experiments/meld-da.yaml --output json > results.json
            """) { resume, foreseen, output, stdin };
        arguments.AddFilesTo(command);
        arguments.AddPlanOptionsTo(command);
        command.SetAction((parsed, _) =>
        {
            var resumed = parsed.GetResult(resume) is { Implicit: false } ? parsed.GetValue(resume) ?? Latest : null;
            return RunAsync(parsed, arguments, output, new RunChoices(resumed, parsed.GetValue(foreseen), parsed.GetValue(stdin)));
        });
        return command;
    }

    /// <summary>Runs or continues the sweeps of the definitions.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="arguments">Its definitions and plan options.</param>
    /// <param name="form">With JSON, standard output is the results alone; the course of the sweep goes to standard error.</param>
    /// <param name="choices">What else was chosen.</param>
    internal static async Task<int> RunAsync(ParseResult parsed, DefinitionArguments arguments, OutputOption form, RunChoices choices)
    {
        var results = form.IsJson(parsed) ? parsed.InvocationConfiguration.Output : null;
        var output = form.NotesOf(parsed);
        var planned = DefinitionLoading.Plan(arguments.FilesOf(parsed), arguments.PlanOptionsOf(parsed), output);
        if (planned is null)
            return ExitCodes.BadUsage;
        using var stop = new StopRequests(choices.StopWhenStdinCloses);
        var session = new SweepSession(arguments.RootOf(parsed), output, stop, choices.RunForeseen, results);
        return await RunAllAsync(session, planned, choices.Resume).ConfigureAwait(false);
    }

    private static async Task<int> RunAllAsync(SweepSession session, IReadOnlyList<(ExperimentDefinition Definition, Plan Plan)> planned, string? resume)
    {
        var worst = VerdictKind.Pass;
        foreach (var (definition, plan) in planned)
        {
            try
            {
                var id = resume == Latest ? LatestUnfinished(session.Root, definition.Name) : resume;
                if (resume is not null && id is null)
                    throw new DiagnosticException(TrialDiagnostics.NoSuchSweep.Error($"{definition.Name} has no unfinished sweep to resume; run it without --resume"));
                worst = (VerdictKind)Math.Max((int)worst, (int)await session.RunAsync(definition, plan, id).ConfigureAwait(false));
            }
            catch (DiagnosticException problem)
            {
                session.Output.WriteLine(problem.Diagnostic);
                return ExitCodes.BadUsage;
            }
            catch (OperationCanceledException) when (session.Stop.Requested.IsCancellationRequested)
            {
                return ExitCodes.Cancelled; // asked to stop before the sweep began
            }

            if (session.Stop.Requested.IsCancellationRequested)
                return ExitCodes.Cancelled;
        }

        return ExitCodes.Of(worst);
    }

    private static string? LatestUnfinished(string root, string experiment) =>
        SweepFolder.All(root, experiment)
            .FirstOrDefault(sweep => !File.Exists(sweep.Results) || sweep.ReadJournal().Count < sweep.ReadManifest().Plan.Trials.Count)?.SweepId;
}
