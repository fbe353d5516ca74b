using System.CommandLine;
using Experiments.Analysis.Text;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Reports.Console;
using Experiments.Reports.Files;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments run</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var resume = new Option<string?>("--resume")
        {
            Description = "Continue a sweep that was cut off: its id, or the latest of each definition.",
            Arity = ArgumentArity.ZeroOrOne, HelpName = "sweep",
        };
        var output = new OutputOption();
        var ci = new CiOption();
        var overall = new OverallFiles();
        var stdin = new Option<bool>("--stop-when-stdin-closes") { Description = "Cancel when standard input closes, for callers that cannot send a signal." };
        var changedCode = AllowChangedCode();
        var maxTime = new MaxTimeOption();
        var noQueue = NoQueue();
        var machine = new Option<string?>("--machine") { Description = "The pool that this machine is of, in the place of its fingerprint and of the definition's word; baselines and history are the pool's.", HelpName = "pool" };
        machine.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && !ExperimentDefinition.IsName(token.Value))
                given.AddError($"--machine is \"{token.Value}\"; use letters, digits, -, _ and ., a letter or digit first, at most 100");
        });
        var foreseen = new Option<bool>("--run-foreseen") { Description = "Run also what is foreseen to exceed its memory limit." };
        var executor = new ExecutorOption();
        var detach = new Option<bool>("--detach") { Description = "Submit to Slurm and end; attach takes the results, status shows how far it is, cancel ends the jobs." };
        var command = new Command("run", """
            Runs the sweep of each definition, judges it and reports. The worst verdict is the exit code.
            Ctrl+C lets the running trial end (a second one does not); --resume continues.

            Examples:
              experiments run
              experiments run experiments/meld-da.yaml --filter num_workers=0,4 --repeats 5
              experiments run experiments/meld-da.yaml --resume
              experiments run experiments/*.yaml --max-time 2h
              experiments run experiments/meld-da.yaml --output json > results.json
              experiments run experiments/meld-da.yaml --executor slurm --detach
            """) { resume, changedCode, foreseen, executor, detach, maxTime, noQueue, machine, output, stdin, ci };
        arguments.AddFilesTo(command);
        arguments.AddPlanOptionsTo(command);
        overall.AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var resumed = parsed.GetResult(resume) is { Implicit: false } ? parsed.GetValue(resume) ?? RunOptions.Latest : null;
            var choices = new RunChoices(resumed, parsed.GetValue(foreseen), parsed.GetValue(stdin), parsed.GetValue(changedCode), maxTime.Of(parsed), parsed.GetValue(machine), parsed.GetValue(noQueue))
            {
                Executor = parsed.GetValue(executor), Jobs = parsed.GetValue(detach) ? JobChoice.Detach : JobChoice.Follow,
            };
            return RunAsync(parsed, arguments, output, choices, ci, overall);
        });
        return command;
    }

    /// <summary>The option of all that run sweeps.</summary>
    internal static Option<bool> NoQueue() => new("--no-queue") { Description = "Do not wait for another sweep that runs on this machine, and say in the results that it ran." };

    /// <summary>The option of all that resume.</summary>
    internal static Option<bool> AllowChangedCode() => new("--allow-changed-code") { Description = "Continue a sweep although the code is not what it began with; the results say so." };

    /// <summary>Runs or continues the sweeps of the definitions.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="arguments">Its definitions and plan options.</param>
    /// <param name="form">With JSON, standard output is the results alone; the course of the sweep goes to standard error.</param>
    /// <param name="choices">What else was chosen.</param>
    /// <param name="ci">Whether the CI system is told.</param>
    /// <param name="overall">The files over all definitions.</param>
    internal static async Task<int> RunAsync(ParseResult parsed, DefinitionArguments arguments, OutputOption form, RunChoices choices, CiOption ci, OverallFiles overall)
    {
        var output = form.NotesOf(parsed);
        var planned = DefinitionLoading.Plan(arguments.FilesOf(parsed), arguments.PlanOptionsOf(parsed), output);
        if (planned is null)
            return ExitCodes.BadUsage;
        DateTimeOffset? until = choices.MaxTime is { } most ? DateTimeOffset.UtcNow + most : null;
        using var stop = new StopRequests(choices.StopWhenStdinCloses);
        using var results = form.Documents(parsed, planned.Count);
        var outcomes = new DefinitionOutcomes(output, ExperimentsCommand.IsVerbose(parsed));
        var reports = new List<SweepReport>();
        foreach (var (definition, _) in planned)
        {
            var place = new SweepPlace(output, ExperimentsCommand.IsVerbose(parsed));
            if (stop.Requested.IsCancellationRequested)
                outcomes.Skip(definition.Name);
            else if (DateTimeOffset.UtcNow >= until)
                outcomes.LeaveOut(definition.Name);
            else
                await outcomes.ServeAsync(definition.Name, () => RunAsync(definition, place), place.Failed, stop.Requested).ConfigureAwait(false);
        }

        outcomes.Print();
        var exitCode = overall.Write(parsed, reports, outcomes.Said, output) ? outcomes.ExitCode : ExitCodes.Worst([outcomes.ExitCode, ExitCodes.TrialFailed]);
        return stop.Requested.IsCancellationRequested ? ExitCodes.Cancelled : exitCode;

        async Task<Outcome> RunAsync(ExperimentDefinition definition, SweepPlace place)
        {
            await using var console = ConsoleReporter.ForStandardOutput(new ConsoleReporterOptions { TrackingUri = null }, output);
            var options = new RunOptions
            {
                Root = arguments.RootOf(parsed), SweepId = choices.Resume, Notes = output, Plan = arguments.PlanOptionsOf(parsed), Observers = [place, console],
                RunForeseen = choices.RunForeseen, AllowChangedCode = choices.AllowChangedCode, RepeatFailed = choices.RepeatFailed, Until = until, WaitsForMachine = !choices.NoQueue,
                PassesStandardInput = !stop.ReadsStandardInput, Force = stop.Forced, Executor = choices.Executor, LeavesJobs = choices.Jobs != JobChoice.Follow,
            };
            if (choices.Jobs == JobChoice.Detach)
            {
                var submitted = await Experiment.SubmitAsync(definition, options, stop.Requested).ConfigureAwait(false);
                output.WriteLine($"{definition.Name}: sweep {submitted.SweepId} has {Quantity.Count(submitted.Submitted, "trial")} on Slurm{(submitted.Waiting == 0 ? "" : $"; {submitted.Waiting} more are submitted by experiments attach, as a limit of the site allows")}");
                output.WriteLine($"its results: experiments attach {definition.File}");
                return Outcome.Done;
            }

            var run = await Experiment.RunAsync(definition with { Machine = choices.Machine ?? definition.Machine }, options, stop.Requested).ConfigureAwait(false);
            results?.Add(ResultsJson.Render(run.Report));
            reports.Add(run.Report);
            ci.Tell(parsed, run, output);
            return Outcome.Of(run);
        }
    }
}
