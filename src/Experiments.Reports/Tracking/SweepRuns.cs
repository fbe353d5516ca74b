using System.Collections.Concurrent;
using Experiments.Analysis.Text;
using Experiments.Core.Definitions;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Outbox;

namespace Experiments.Reports.Tracking;

/// <summary>
/// The runs of one sweep: a parent, and a nested run for each trial. Nothing here waits for the store: all goes into the outbox in the
/// sweep's folder. Every call may be repeated, by this process or a later one.
/// </summary>
internal sealed class SweepRuns : IAsyncDisposable
{
    private static readonly TimeSpan KeepTimeout = TimeSpan.FromSeconds(5);

    private readonly SweepStart sweep;
    private readonly MlflowObserverOptions options;
    private readonly RunFields fields;
    private readonly TrackingLedger ledger;
    private readonly RunArtifacts artifacts;
    private readonly Dictionary<string, StepCurves> curves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedTrial> withoutParams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> startedKeys = new(StringComparer.Ordinal);

    // A script that logs to its trial's run itself must find none of its params there with another value: most log theirs before the first step.
    private readonly bool mayTrialsLog;

    private TimeSpan patience = KeepTimeout;

    /// <summary>Opens the outbox of the sweep for the store, and begins to send what is in it.</summary>
    /// <exception cref="IOException">The sweep's folder cannot be used, or another process records this sweep.</exception>
    public SweepRuns(IMlflowStore store, SweepStart sweep, MlflowObserverOptions options)
    {
        (this.sweep, this.options) = (sweep, options);
        fields = new RunFields(sweep, options);
        mayTrialsLog = sweep.Definition.Train is not TorchSharpTask;
        Folder = TrackingFolder.Of(sweep.Folder, store.TrackingUri);
        Outbox = new MlflowOutbox(store, new MlflowOutboxOptions
        {
            Experiment = fields.Experiment,
            Folder = Folder.Path,
            LongestPause = options.LongestPause,
            FirstPause = options.FirstPause,
            CloseTimeout = TimeSpan.Zero,
            TimeProvider = options.TimeProvider,
        });
        artifacts = new RunArtifacts(Outbox, options);
        ledger = new TrackingLedger(Folder.Ledger);
    }

    public TrackingFolder Folder { get; }

    public MlflowOutbox Outbox { get; }

    /// <summary>Whether the disk took what was handed over last: what it does not take cannot be sent.</summary>
    public bool IsKept { get; private set; } = true;

    /// <summary>The id of the trial's run; null until the store has answered.</summary>
    public string? FindRunId(string trialId) => Outbox.FindRunId(KeyOf(trialId));

    /// <summary>The id of the run of a trial that this process started; null until the store has answered. Safe beside all other calls.</summary>
    public string? FindStartedRunId(string trialId) => startedKeys.TryGetValue(trialId, out var key) ? Outbox.FindRunId(key) : null;

    /// <summary>Creates the parent, or takes up that of an interrupted sweep; closes the runs that the interruption left open.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var tag in fields.ExperimentTags())
            Outbox.SetExperimentTag(tag);
        Outbox.SetExperimentNote(RunNotes.Experiment(sweep, null));
        Outbox.StartRun(fields.Parent());
        if (ledger.IsResumed || sweep.Done.Count > 0)
            Outbox.ReopenRun(fields.ParentKey);
        ledger.StartSweep();
        Outbox.Log(fields.ParentKey, new RunBatch { Params = fields.ParentParams() });
        if (fields.Inputs(null) is { Count: > 0 } inputs)
            Outbox.LogInputs(fields.ParentKey, inputs);
        await RecordAsync(sweep.Done, cancellationToken);
        await KillOpenTrialsAsync(cancellationToken);
    }

    public void StartTrial(PlannedTrial trial, DateTimeOffset startedAt)
    {
        ledger.StartTrial(trial.Id, startedAt); // first: what is written here is closed by a later process whatever becomes of this one
        curves[trial.Id] = new StepCurves(sweep.StartedAt, sweep.Definition.Train.WarmupSteps);
        Describe(trial);
        startedKeys[trial.Id] = KeyOf(trial.Id);
    }

    public void Log(string trialId, IEnumerable<TrialEvent> events)
    {
        if (curves[trialId].Points(events) is { Count: > 0 } points)
            Outbox.Log(KeyOf(trialId), new RunBatch { Metrics = points });
        if (curves[trialId].HasSteps && withoutParams.Remove(trialId, out var trial))
            Outbox.LogMissingParams(KeyOf(trialId), fields.AxisParams(trial));
    }

    public async Task FinishTrialAsync(TrialResult result, CancellationToken cancellationToken)
    {
        if (!curves.ContainsKey(result.TrialId)) // a trial that never started
            StartTrial(new PlannedTrial(result.Configuration, result.Repeat, result.Purpose), result.StartedAt);
        var folder = FolderOf(result.TrialId);
        var key = KeyOf(result.TrialId);
        Outbox.Log(key, new RunBatch
        {
            Metrics = [.. RunFields.TrialMetrics(result, curves[result.TrialId]), .. SystemCurves.Read(folder, result.StartedAt, sweep.Machine)],
            Tags = RunFields.TrialTags(result),
        });
        if (mayTrialsLog)
            Outbox.LogMissingParams(key, fields.TrialParams(new PlannedTrial(result.Configuration, result.Repeat, result.Purpose)));
        artifacts.UploadTrial(key, folder);
        var status = result.Status switch { TrialStatus.Completed => RunStatus.Finished, TrialStatus.Cancelled => RunStatus.Killed, _ => RunStatus.Failed };
        Outbox.EndRun(key, status, result.StartedAt.AddSeconds(result.DurationSeconds));
        await EndAsync(result.TrialId, status == RunStatus.Killed, cancellationToken);
    }

    /// <summary>Verdicts, note, artifacts and end. A sweep that was cut short is KILLED, one that is not green FINISHED: its verdict says the rest.</summary>
    public async Task FinishAsync(SweepReport report, CancellationToken cancellationToken)
    {
        await RecordAsync(report.Sweep.Trials.Where(trial => trial.Status != TrialStatus.Cancelled), cancellationToken);
        foreach (var verdict in report.Assessment.Configurations)
            foreach (var trial in report.Sweep.Trials.Where(trial => trial.Configuration.Id == verdict.Configuration.Id))
                Outbox.Log(KeyOf(trial.TrialId), new RunBatch { Tags = [new Tag(TrackingTags.Verdict, VerdictWords.Of(verdict.Verdict))] });
        Outbox.Log(fields.ParentKey, new RunBatch { Metrics = RunFields.ParentMetrics(report), Tags = fields.ParentTags(report) });
        artifacts.UploadSweep(fields.ParentKey, sweep, report);
        Outbox.SetExperimentNote(RunNotes.Experiment(sweep, report));
        var cutShort = report.Sweep.Trials.Count(trial => trial.Status != TrialStatus.Cancelled) < report.Sweep.PlannedTrials;
        Outbox.EndRun(fields.ParentKey, cutShort ? RunStatus.Killed : RunStatus.Finished, report.Sweep.EndedAt);
        await KeepAsync(cancellationToken);
    }

    /// <summary>Closes the parent of a sweep that has not ended. Resuming the sweep opens it again.</summary>
    public void Interrupt() => Outbox.EndRun(fields.ParentKey, RunStatus.Killed, options.TimeProvider.GetUtcNow());

    /// <summary>Takes nothing for recorded, so that all is recorded again.</summary>
    public void Doubt() => ledger.Doubt();

    public ValueTask DisposeAsync() => Outbox.DisposeAsync();

    /// <summary>Records, from the sweep's folder, those of the trials whose record is not complete: it may have been cut off at any place.</summary>
    private async Task RecordAsync(IEnumerable<TrialResult> results, CancellationToken cancellationToken)
    {
        foreach (var result in results.Where(result => !ledger.IsRecorded(result.TrialId)))
        {
            var trial = new PlannedTrial(result.Configuration, result.Repeat, result.Purpose);
            if (ledger.IsOpen(trial.Id))
                Describe(trial);
            else
                StartTrial(trial, result.StartedAt);
            curves[trial.Id] = new StepCurves(sweep.StartedAt, sweep.Definition.Train.WarmupSteps);
            Log(trial.Id, RecordedEvents.Read(FolderOf(trial.Id)));
            await FinishTrialAsync(result, cancellationToken);
        }
    }

    /// <summary>Runs that a killed sweep left RUNNING are KILLED, for their trials run again.</summary>
    private async Task KillOpenTrialsAsync(CancellationToken cancellationToken)
    {
        var trials = sweep.Plan.Trials.ToDictionary(trial => trial.Id, StringComparer.Ordinal);
        foreach (var trialId in ledger.OpenTrials)
        {
            if (trials.TryGetValue(trialId, out var trial))
            {
                Describe(trial);
                if (mayTrialsLog)
                    Outbox.LogMissingParams(KeyOf(trialId), fields.TrialParams(trial));
                Outbox.EndRun(KeyOf(trialId), RunStatus.Killed, options.TimeProvider.GetUtcNow());
            }

            await EndAsync(trialId, killed: true, cancellationToken);
        }
    }

    private void Describe(PlannedTrial trial)
    {
        var key = KeyOf(trial.Id);
        Outbox.StartRun(fields.Trial(key, trial, ledger.StartOf(trial.Id)));
        if (mayTrialsLog)
            withoutParams[trial.Id] = trial;
        else
            Outbox.Log(key, new RunBatch { Params = fields.TrialParams(trial) });
        if (trial.Configuration.Dataset is { } dataset && fields.Inputs(dataset) is { Count: > 0 } inputs)
            Outbox.LogInputs(key, inputs);
    }

    /// <summary>Only what is on disk counts as recorded.</summary>
    private async Task EndAsync(string trialId, bool killed, CancellationToken cancellationToken)
    {
        if (await KeepAsync(cancellationToken))
            ledger.EndTrial(trialId, killed);
    }

    /// <summary>A disk that took nothing is waited for less each time: half as long as before, so that a long sweep waits for twice the first time at most.</summary>
    private async Task<bool> KeepAsync(CancellationToken cancellationToken)
    {
        IsKept = await Outbox.KeepAsync(patience, cancellationToken);
        patience = IsKept ? KeepTimeout : patience / 2;
        return IsKept;
    }

    private string KeyOf(string trialId) => fields.KeyOf(trialId, ledger.AttemptOf(trialId));

    private string FolderOf(string trialId) => Path.Combine(sweep.Folder, "trials", trialId);
}
