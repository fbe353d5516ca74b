using Experiments.Analysis.Scheduling;
using Experiments.Cluster;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Execution;
using Experiments.Engine.Sweeps;
using Experiments.Engine.Trainers;

namespace Experiments.Running;

/// <summary>The loop of a sweep: asks the schedule for the next step, has it run, journals the result, until nothing is left.</summary>
public static class SweepRunner
{
    /// <summary>
    /// Runs or continues a sweep. Cancellation asks the running trial to end, leaves it out of the result and returns what is done;
    /// the sweep can be resumed.
    /// </summary>
    /// <param name="request">What to run.</param>
    /// <param name="observers">Who follows.</param>
    /// <param name="cancellationToken">Cancels the sweep.</param>
    /// <returns>The trials that ended, judged.</returns>
    /// <exception cref="DiagnosticException">The sweep cannot start or be resumed; nothing ran.</exception>
    public static async Task<SweepReport> RunAsync(SweepRequest request, ObserverPipeline observers, CancellationToken cancellationToken)
    {
        if (request.Cluster is { } cluster)
            return await ClusterLoop.RunAsync(request, cluster, observers, cancellationToken).ConfigureAwait(false);
        var trainer = request.Trainers.FirstOrDefault(trainer => trainer.Runs(request.Definition.Train))
            ?? throw new DiagnosticException(EnvironmentDiagnostics.NoTrainer.Error(
                $"nothing here runs a {request.Definition.Train.GetType().Name}", request.Definition.PositionOf("train")));
        using var opened = OpenedSweep.Open(request);
        if (request.ResumeId is not null)
            LocalExecutor.EndLeftovers(opened.Folder.SweepId);
        using var executor = new LocalExecutor(OptionsOf(request, trainer, opened, observers), SweepId.CreateRun(opened.Folder.SweepId), message => observers.Fail("watchdog", message));
        observers.SweepStarted(opened.Start(request.Definition));
        Step step;
        while ((step = opened.Next()) is not Done && !cancellationToken.IsCancellationRequested && !opened.IsTimeOver)
        {
            if (step is ComparePair compare)
            {
                var pair = await PairAsync(compare).ConfigureAwait(false);
                if (cancellationToken.IsCancellationRequested)
                    break;
                opened.Add(pair);
                observers.PairFinished(pair);
                continue;
            }

            var result = step is SkipTrial skip ? skip.ResultAt(request.Time.GetUtcNow()) : await StartAsync((RunTrial)step).ConfigureAwait(false);
            if (result.Status != TrialStatus.Cancelled)
                opened.Add(result);
            observers.TrialFinished(result);
        }

        opened.WriteWaiting();
        await observers.DrainAsync(CancellationToken.None).ConfigureAwait(false);
        var so = opened.SoFar(observers.Failures);
        return new SweepReport { Sweep = so.Sweep, Assessment = step is Done done ? done.Assessment : Schedule.Assess(request.Definition, so) };

        async Task<PairComparison> PairAsync(ComparePair step) => request.Pairs is { } pairs
            ? await pairs.CompareAsync(step, opened.Folder, cancellationToken).ConfigureAwait(false)
            : new PairComparison { Configuration = step.Trial.Configuration.Name, Verdict = PairVerdict.NotMeasured, Note = "nothing here compares code" };

        async Task<TrialResult> StartAsync(RunTrial step)
        {
            observers.TrialStarted(step.Trial);
            var variables = await VariablesAsync(step.Trial).ConfigureAwait(false);
            var order = new TrialOrder { Trial = step.Trial, Steps = step.Steps, Forecast = step.Forecast, Variables = variables };
            return await executor.RunAsync(order, cancellationToken).ConfigureAwait(false) with { Code = opened.OtherCode };
        }

        // What nobody can say in time, or at all, the trial goes without.
        async Task<IReadOnlyDictionary<string, string>> VariablesAsync(PlannedTrial trial)
        {
            try
            {
                return request.Variables is { } known ? await known.OfAsync(trial, cancellationToken).ConfigureAwait(false) : new Dictionary<string, string>();
            }
#pragma warning disable CA1031 // it is a caller's code, and what it throws may not end the sweep
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (!cancellationToken.IsCancellationRequested)
                    observers.Fail("late variables", $"a trial went without them: {exception.Message}");
                return new Dictionary<string, string>();
            }
        }
    }

    private static LocalExecutorOptions OptionsOf(SweepRequest request, ITrainer trainer, OpenedSweep opened, ObserverPipeline observers) => new()
    {
        Definition = request.Definition,
        Trainer = trainer,
        Explainer = request.Explainer,
        Folder = opened.Folder,
        DatasetFolders = request.DatasetFolders,
        UsableCores = opened.Manifest.Machine.Cores,
        MemoryLimitBytes = opened.Manifest.MemoryLimitBytes,
        Memory = request.Memory,
        PassesStandardInput = request.PassesStandardInput,
        Grace = request.Grace,
        Force = request.Force,
        Time = request.Time,
        Progress = observers.TrialProgress,
    };
}
