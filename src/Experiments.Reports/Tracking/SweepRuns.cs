using Experiments.Analysis.Text;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Reports.Tracking;

/// <summary>The runs of one sweep in a store: a parent, and a nested run for each trial. Every call may be repeated.</summary>
internal sealed class SweepRuns(IMlflowStore store, SweepStart sweep, MlflowObserverOptions options)
{
    private readonly RunFields fields = new(sweep, options);
    private readonly RunArtifacts artifacts = new(store, options);
    private readonly Dictionary<string, TrialRun> trials = new(StringComparer.Ordinal);
    private string experimentId = "";
    private string parentId = "";

    /// <summary>Creates the parent, or takes up that of an interrupted sweep and closes what the interruption left open.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var experiment = await store.GetOrCreateExperimentAsync(fields.Experiment, cancellationToken);
        experimentId = experiment.Id;
        if (experiment.Tags.All(tag => tag.Key != MlflowTags.PrimaryMetric))
            await store.SetExperimentTagAsync(experimentId, new Tag(MlflowTags.PrimaryMetric, MetricKeys.SamplesPerSecond), cancellationToken);
        var parent = await store.CreateRunAsync(fields.Parent(experimentId), cancellationToken);
        parentId = parent.Id;
        if (parent.Status != RunStatus.Running)
            await store.UpdateRunAsync(parentId, new RunUpdate { Status = RunStatus.Running }, cancellationToken);
        await store.LogBatchAsync(parentId, new RunBatch { Params = fields.ParentParams() }, cancellationToken);
        if (fields.Inputs(null) is { Count: > 0 } inputs)
            await store.LogInputsAsync(parentId, inputs, cancellationToken);
        await CloseInterruptedAsync(cancellationToken);
    }

    public async Task StartTrialAsync(PlannedTrial trial, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        if (parentId.Length == 0) // the store was away when the sweep started
            await StartAsync(cancellationToken);
        var run = await store.CreateRunAsync(fields.Trial(experimentId, parentId, trial, startedAt), cancellationToken);
        trials[trial.Id] = new TrialRun(run.Id, new StepCurves(sweep.StartedAt));
        await store.LogBatchAsync(run.Id, new RunBatch { Params = fields.TrialParams(trial) }, cancellationToken);
        if (trial.Configuration.Dataset is { } dataset && fields.Inputs(dataset) is { Count: > 0 } inputs)
            await store.LogInputsAsync(run.Id, inputs, cancellationToken);
    }

    public async Task LogAsync(string trialId, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken)
    {
        if (!trials.TryGetValue(trialId, out var trial))
            throw new InvalidOperationException($"The run of {trialId} could not be created.");
        if (trial.Curves.Points(events) is { Count: > 0 } points)
            await store.LogBatchAsync(trial.RunId, new RunBatch { Metrics = points }, cancellationToken);
    }

    public async Task FinishTrialAsync(TrialResult result, CancellationToken cancellationToken)
    {
        if (!trials.ContainsKey(result.TrialId)) // a trial that never started
            await StartTrialAsync(new PlannedTrial(result.Configuration, result.Repeat, result.Purpose), result.StartedAt, cancellationToken);
        var trial = trials[result.TrialId];
        await store.LogBatchAsync(
            trial.RunId, new RunBatch { Metrics = RunFields.TrialMetrics(result, trial.Curves), Tags = RunFields.TrialTags(result) }, cancellationToken);
        await artifacts.UploadTrialAsync(trial.RunId, Path.Combine(sweep.Folder, "trials", result.TrialId), cancellationToken);
        var status = result.Status switch { TrialStatus.Completed => RunStatus.Finished, TrialStatus.Cancelled => RunStatus.Killed, _ => RunStatus.Failed };
        await store.EndRunAsync(trial.RunId, status, result.StartedAt.AddSeconds(result.DurationSeconds), cancellationToken);
        if (status == RunStatus.Killed)
            await ReleaseKeyAsync(trial.RunId, result.TrialId, cancellationToken);
    }

    /// <summary>Verdicts, note, artifacts and end. A sweep that was cut short is KILLED, one that is not green FINISHED: its verdict says the rest.</summary>
    public async Task FinishAsync(SweepReport report, CancellationToken cancellationToken)
    {
        if (parentId.Length == 0)
            await StartAsync(cancellationToken);
        foreach (var verdict in report.Assessment.Configurations)
            foreach (var trial in report.Sweep.Trials.Where(trial => trial.Configuration.Id == verdict.Configuration.Id && trials.ContainsKey(trial.TrialId)))
                await store.SetTagAsync(trials[trial.TrialId].RunId, TrackingTags.Verdict, VerdictWords.Of(verdict.Verdict), cancellationToken);
        await store.LogBatchAsync(parentId, new RunBatch { Metrics = RunFields.ParentMetrics(report), Tags = RunFields.ParentTags(report) }, cancellationToken);
        await artifacts.UploadSweepAsync(parentId, sweep, cancellationToken);
        var cutShort = report.Sweep.Trials.Count(trial => trial.Status != TrialStatus.Cancelled) < report.Sweep.PlannedTrials;
        await store.EndRunAsync(parentId, cutShort ? RunStatus.Killed : RunStatus.Finished, report.Sweep.EndedAt, cancellationToken);
    }

    /// <summary>Runs that a killed sweep left RUNNING: those whose trial is journalled are finished, the others are KILLED, for their trial runs again.</summary>
    private async Task CloseInterruptedAsync(CancellationToken cancellationToken)
    {
        var done = sweep.Done.Where(result => result.Status != TrialStatus.Cancelled).ToDictionary(result => result.TrialId, StringComparer.Ordinal);
        var nested = new RunQuery { ExperimentIds = [experimentId], Filter = $"tags.`{MlflowTags.ParentRunId}` = '{parentId}'" };
        var found = new List<MlflowRun>();
        await foreach (var run in store.SearchAllRunsAsync(nested, cancellationToken))
            found.Add(run);
        foreach (var run in found)
        {
            var trialId = run.Tags.FirstOrDefault(tag => tag.Key == TrackingTags.TrialId)?.Value;
            if (trialId is null || run.Tags.Any(tag => tag.Key == MlflowTags.RunKey && tag.Value != fields.KeyOf(trialId)))
                continue; // an earlier attempt, closed before
            if (done.TryGetValue(trialId, out var result))
            {
                trials[trialId] = new TrialRun(run.Id, new StepCurves(sweep.StartedAt));
                if (run.Status == RunStatus.Running)
                    await FinishTrialAsync(result, cancellationToken);
            }
            else if (run.Status is RunStatus.Running or RunStatus.Killed)
            {
                await store.EndRunAsync(run.Id, RunStatus.Killed, options.TimeProvider.GetUtcNow(), cancellationToken);
                await ReleaseKeyAsync(run.Id, trialId, cancellationToken);
            }
        }
    }

    /// <summary>Frees the trial's key, so that its next attempt gets a run of its own.</summary>
    private Task ReleaseKeyAsync(string runId, string trialId, CancellationToken cancellationToken) =>
        store.SetTagAsync(runId, MlflowTags.RunKey, $"{fields.KeyOf(trialId)}/{runId}", cancellationToken);

    private sealed record TrialRun(string RunId, StepCurves Curves);
}
