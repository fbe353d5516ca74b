using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Sweeps;
using Experiments.Engine.Tests.Processes;

namespace Experiments.Engine.Tests.Sweeps;

public class SweepRunnerTests
{
    [LinuxFact]
    public async Task Every_trial_is_journalled_and_has_its_files()
    {
        using var sweep = new SweepTest();

        var result = await SweepTest.RunAsync(sweep.Request(SweepTest.Step + "echo out $1; echo err >&2; echo kept > $EXPERIMENTS_ARTIFACTS/notes.txt", trials: 3));

        var folder = sweep.FolderOf(result.SweepId);
        Assert.Equal(result.Trials.Select(trial => trial.TrialId), folder.ReadJournal().Select(trial => trial.TrialId));
        Assert.Equal(3, folder.ReadManifest().Plan.Trials.Count);
        var trial = folder.Trial(result.Trials[1].TrialId);
        Assert.Equal("out 2\n", File.ReadAllText(trial.StandardOutput));
        Assert.Equal("err\n", File.ReadAllText(trial.StandardError));
        Assert.True(File.Exists(Path.Combine(trial.Artifacts, "notes.txt")));
        Assert.True(File.Exists(trial.Result));
        Assert.StartsWith("elapsed_s,used_bytes,", File.ReadAllText(trial.Telemetry), StringComparison.Ordinal);
        Assert.Matches("^[0-9]{8}-[0-9]{6}-[0-9a-f]{4}$", result.SweepId);
    }

    [LinuxFact]
    public async Task A_resumed_sweep_runs_nothing_twice()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request(SweepTest.Step + $"echo $1 >> {sweep.Folder}/ran", trials: 4);
        var first = await SweepTest.RunAsync(request);
        var journal = sweep.FolderOf(first.SweepId).Journal;
        var lines = File.ReadAllLines(journal);
        File.WriteAllText(journal, lines[0] + "\n" + lines[2] + "\n" + lines[3][..40]); // one is lost, one is torn

        var observer = new RecordingObserver();
        var resumed = await SweepTest.RunAsync(request with { ResumeId = first.SweepId }, observer);

        Assert.Equal(["1", "2", "3", "4", "2", "4"], File.ReadAllLines(sweep.Folder + "/ran"));
        Assert.Equal(first.Trials.Select(trial => trial.TrialId), resumed.Trials.Select(trial => trial.TrialId));
        Assert.Equal(2, observer.Start!.Done.Count);
        Assert.Equal(first.StartedAt, resumed.StartedAt);
        Assert.Equal(4, sweep.FolderOf(first.SweepId).ReadJournal().Count);
    }

    [LinuxFact]
    public async Task Trials_that_the_measurements_ask_for_run_after_the_plan_round_by_round()
    {
        using var sweep = new SweepTest();
        var asked = 0;
        var request = sweep.Request(SweepTest.Step, trials: 2) with
        {
            MoreTrials = result => ++asked > 2 ? [] : [new(result.Configurations[1], asked + 1, TrialPurpose.Confirmation), new(result.Configurations[0], asked + 1, TrialPurpose.Control)],
        };

        var result = await SweepTest.RunAsync(request);

        Assert.Equal(3, asked);
        Assert.Equal(
            ["000000000001-1 Planned", "000000000002-1 Planned", "000000000002-2 Confirmation", "000000000001-2 Control", "000000000002-3 Confirmation", "000000000001-3 Control"],
            sweep.FolderOf(result.SweepId).ReadJournal().Select(trial => $"{trial.TrialId} {trial.Purpose}"));
        Assert.Equal((6, 6), (result.Trials.Count, result.PlannedTrials));
    }

    [LinuxFact]
    public async Task A_sweep_cut_off_in_an_added_round_goes_on_with_that_round()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request(SweepTest.Step, trials: 2) with
        {
            MoreTrials = result => result.Trials.Count >= 4 ? [] : [.. result.Configurations.Select(one => new PlannedTrial(one, 2, TrialPurpose.Adaptive))],
        };
        var first = await SweepTest.RunAsync(request);
        var journal = sweep.FolderOf(first.SweepId).Journal;
        File.WriteAllLines(journal, File.ReadAllLines(journal)[..3]);
        var observer = new RecordingObserver();

        var resumed = await SweepTest.RunAsync(request with { ResumeId = first.SweepId }, observer);

        Assert.Equal(["sweep", "start 000000000002-2", "1 events", "end 000000000002-2"], observer.Heard);
        Assert.Equal(first.Trials.Select(trial => (trial.TrialId, trial.Purpose)), resumed.Trials.Select(trial => (trial.TrialId, trial.Purpose)));
    }

    [LinuxFact]
    public async Task A_changed_definition_is_not_resumed()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request(SweepTest.Step);
        var first = await SweepTest.RunAsync(request);
        var changed = request with { ResumeId = first.SweepId, Definition = request.Definition with { Seed = 1 } };

        var refusal = await Assert.ThrowsAsync<DiagnosticException>(() => SweepTest.RunAsync(changed));

        Assert.Equal("EXP3011", refusal.Diagnostic.Code);
        Assert.Equal("EXP3010", (await Assert.ThrowsAsync<DiagnosticException>(() => SweepTest.RunAsync(request with { ResumeId = "none" }))).Diagnostic.Code);
    }

    [LinuxFact]
    public async Task Two_processes_cannot_run_one_sweep()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request(SweepTest.Step + "sleep 0.5", trials: 2);
        var first = SweepTest.RunAsync(request);
        await ProcessRun.UntilAsync(() => Engine.Journal.SweepFolder.All(sweep.Root, "test").Count == 1);
        var id = Engine.Journal.SweepFolder.All(sweep.Root, "test")[0].SweepId;

        var refusal = await Assert.ThrowsAsync<DiagnosticException>(() => SweepTest.RunAsync(request with { ResumeId = id }));

        Assert.Equal("EXP3012", refusal.Diagnostic.Code);
        Assert.Equal(2, (await first).Trials.Count);
    }

    [LinuxFact]
    public async Task A_cancelled_trial_is_not_journalled_and_runs_again_when_resumed()
    {
        using var sweep = new SweepTest();
        using var cancellation = new CancellationTokenSource();
        var request = sweep.Request($"echo $1 >> {sweep.Folder}/ran; [ $1 = 1 ] || [ -f {sweep.Folder}/go ] || sleep 60; {SweepTest.Step}", trials: 3);
        var observer = new RecordingObserver();
        await using var pipeline = new ObserverPipeline([observer]);
        var running = new SweepRunner().RunAsync(request, pipeline, cancellation.Token);
        await ProcessRun.UntilAsync(() => File.Exists(sweep.Folder + "/ran") && File.ReadAllLines(sweep.Folder + "/ran").Length == 2);

        await cancellation.CancelAsync();
        var cancelled = await running;
        File.WriteAllText(sweep.Folder + "/go", "");
        var resumed = await SweepTest.RunAsync(request with { ResumeId = cancelled.SweepId });

        Assert.Equal((1, 3), (cancelled.Trials.Count, cancelled.PlannedTrials));
        Assert.Equal(TrialStatus.Cancelled, observer.Finished[^1].Status);
        Assert.Equal(3, resumed.Trials.Count);
        Assert.All(resumed.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
        Assert.Equal(["1", "2", "2", "3"], File.ReadAllLines(sweep.Folder + "/ran"));
    }

    [LinuxFact]
    public async Task Observers_hear_of_the_start_the_events_and_the_end()
    {
        using var sweep = new SweepTest();
        var observer = new RecordingObserver();

        var result = await SweepTest.RunAsync(sweep.Request(SweepTest.Step, trials: 2), observer);

        Assert.Equal(
            ["sweep", "start 000000000001-1", "1 events", "end 000000000001-1", "start 000000000002-1", "1 events", "end 000000000002-1"],
            observer.Heard);
        Assert.Equal(result.SweepId, observer.Start!.SweepId);
        Assert.Empty(result.Observers);
    }

    internal sealed class RecordingObserver : ISweepObserver
    {
        internal List<string> Heard { get; } = [];

        internal List<TrialResult> Finished { get; } = [];

        internal SweepStart? Start { get; private set; }

        public string Name => "recording";

        public ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken) => Hear("sweep", () => Start = sweep);

        public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken) => Hear($"start {trial.Id}");

        public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken) =>
            Hear($"{events.Count} events");

        public ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken) => Hear($"end {result.TrialId}", () => Finished.Add(result));

        public ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken) => Hear("report");

        private ValueTask Hear(string what, Action? also = null)
        {
            Heard.Add(what);
            also?.Invoke();
            return ValueTask.CompletedTask;
        }
    }
}
