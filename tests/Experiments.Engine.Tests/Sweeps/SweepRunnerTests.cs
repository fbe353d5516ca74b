using System.Globalization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Sweeps;
using Experiments.Processes.Tests;
using Experiments.Running;

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
    public async Task A_command_that_knows_only_the_number_of_steps_is_measured_for_long_enough_and_observers_see_one_run_of_it()
    {
        using var sweep = new SweepTest();
        var observer = new RecordingObserver();
        var request = sweep.Request(
            $"""echo $EXPERIMENTS_STEPS >> {sweep.Folder}/asked; i=0; while [ $i -lt $EXPERIMENTS_STEPS ]; do i=$((i + 1)); echo "{'{'}\"type\":\"step\",\"step\":$i,\"samples\":8,\"step_s\":0.1{'}'}" >> "$EXPERIMENTS_EVENTS"; done""");
        var configuration = request.Plan.Configurations[0];

        var result = await SweepTest.RunAsync(request with { Plan = request.Plan with { Trials = [new(configuration, 1), new(configuration, 2)] } }, observer);

        Assert.Equal(["20", "36", "36"], File.ReadAllLines(sweep.Folder + "/asked")); // 30 steps of 0.1 s, and a margin
        Assert.Equal([36, 36], result.Trials.Select(trial => trial.Metric(MetricKeys.MeasuredSteps)));
        Assert.Equal(72, observer.Heard.Where(heard => heard.EndsWith(" events", StringComparison.Ordinal)).Sum(heard => int.Parse(heard.Split(' ')[0], CultureInfo.InvariantCulture)));
        Assert.Equal(36, File.ReadAllLines(sweep.FolderOf(result.SweepId).Trial(result.Trials[0].TrialId).Events).Length);
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
        var request = await SweepTest.AgainstFasterAsync(sweep.Request(SweepTest.Step, trials: 2), "2");

        var result = await SweepTest.RunAsync(request);

        var journal = sweep.FolderOf(result.SweepId).ReadJournal();
        Assert.Equal(["000000000001-1 Planned", "000000000002-1 Planned"], journal.Take(2).Select(trial => $"{trial.TrialId} {trial.Purpose}"));
        Assert.Equal(
            ["1 Planned", "2 Adaptive", "3 Confirmation", "3 Control", "4 Confirmation", "4 Control"],
            journal.Select(trial => $"{trial.Repeat} {trial.Purpose}").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal((8, 8), (result.Trials.Count, result.PlannedTrials));
    }

    [LinuxFact]
    public async Task A_sweep_cut_off_in_an_added_round_goes_on_with_that_round()
    {
        using var sweep = new SweepTest();
        var request = await SweepTest.AgainstFasterAsync(sweep.Request(SweepTest.Step, trials: 2), "1", "2");
        var first = await SweepTest.RunAsync(request);
        var journal = sweep.FolderOf(first.SweepId).Journal;
        var lines = File.ReadAllLines(journal);
        File.WriteAllLines(journal, lines[..3]);
        var observer = new RecordingObserver();

        var resumed = await SweepTest.RunAsync(request with { ResumeId = first.SweepId }, observer);

        var missing = first.Trials[3].TrialId;
        Assert.Equal(4, lines.Length);
        Assert.Equal(["sweep", $"start {missing}", "1 events", $"end {missing}"], observer.Heard);
        Assert.Equal(first.Trials.Select(trial => (trial.TrialId, trial.Purpose)), resumed.Trials.Select(trial => (trial.TrialId, trial.Purpose)));
    }

    [LinuxFact]
    public async Task A_plan_that_the_disk_refuses_is_said_and_what_it_added_is_not_lost_when_the_sweep_is_resumed()
    {
        using var sweep = new SweepTest();
        // A folder that is not empty cannot be replaced, by whatever right.
        var refuse = $"cd $EXPERIMENTS_ARTIFACTS/../../..; [ -e {sweep.Folder}/refuse ] && [ $1 = 2 ] && [ -f plan.json ] && mv plan.json plan.json.kept && mkdir -p 'plan.json/in the way'; ";
        var request = await SweepTest.AgainstFasterAsync(sweep.Request(refuse + SweepTest.Step, trials: 2), "1", "2");
        File.WriteAllText(sweep.Folder + "/refuse", "");

        var first = await SweepTest.RunAsync(request);

        Assert.Equal("EXP5002", Assert.Single(first.Observers).Code);
        Assert.Contains("plan.json", first.Observers[0].Message, StringComparison.Ordinal);
        File.Delete(sweep.Folder + "/refuse");
        var folder = sweep.FolderOf(first.SweepId);
        Directory.Delete(folder.Manifest, recursive: true);
        File.Move(folder.Manifest + ".kept", folder.Manifest); // the plan as it was before it grew
        Assert.Equal(2, folder.ReadManifest().Plan.Trials.Count);

        var resumed = await SweepTest.RunAsync(request with { ResumeId = first.SweepId });

        Assert.Equal(first.Trials.Select(trial => (trial.TrialId, trial.Purpose)), resumed.Trials.Select(trial => (trial.TrialId, trial.Purpose)));
        Assert.Equal((4, 4), (resumed.PlannedTrials, folder.ReadManifest().Plan.Trials.Count));
        Assert.Empty(resumed.Observers);
    }

    [LinuxFact]
    public async Task After_the_clock_was_set_back_the_next_sweep_is_still_the_latest_and_says_so()
    {
        using var sweep = new SweepTest();
        var notes = new List<Diagnostic>();
        var request = sweep.Request(SweepTest.Step) with { Note = notes.Add };
        var first = await SweepTest.RunAsync(request);
        Directory.Move(sweep.FolderOf(first.SweepId).Path, sweep.FolderOf("20991231-235959-ffff").Path); // as the clock said before

        var second = await SweepTest.RunAsync(request);
        var third = await SweepTest.RunAsync(request);

        Assert.StartsWith("21000101-000000-", second.SweepId, StringComparison.Ordinal);
        Assert.Equal([third.SweepId, second.SweepId, "20991231-235959-ffff"], Engine.Journal.SweepFolder.All(sweep.Root, "test").Select(one => one.SweepId));
        Assert.Equal(["EXP5036", "EXP5036"], notes.Select(note => note.Code));
        Assert.InRange(second.EndedAt - second.StartedAt, TimeSpan.Zero, TimeSpan.FromHours(1)); // times are the clock's all the same
    }

    [LinuxFact]
    public async Task Sweeps_of_one_second_are_in_the_order_in_which_they_began()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request(SweepTest.Step) with { Time = new StoppedClock() };
        var ids = new List<string>();
        for (var one = 0; one < 4; one++)
            ids.Add((await SweepTest.RunAsync(request)).SweepId);

        Assert.Equal(ids.AsEnumerable().Reverse(), Engine.Journal.SweepFolder.All(sweep.Root, "test").Select(one => one.SweepId));
    }

    [Fact]
    public void A_lock_that_cannot_be_made_is_not_another_process()
    {
        using var folder = new TestFolder();
        var sweep = new Engine.Journal.SweepFolder(folder.File("gone/20260101-000000-0000"));

        Assert.Throws<DirectoryNotFoundException>(() => Engine.Journal.SweepLock.Take(sweep));
        Directory.CreateDirectory(sweep.Path);
        using var taken = Engine.Journal.SweepLock.Take(sweep);
        Assert.Equal("EXP3012", Assert.Throws<DiagnosticException>(() => Engine.Journal.SweepLock.Take(sweep)).Diagnostic.Code);
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
        var running = SweepRunner.RunAsync(request, pipeline, cancellation.Token);
        await ProcessRun.UntilAsync(() => File.Exists(sweep.Folder + "/ran") && File.ReadAllLines(sweep.Folder + "/ran").Length == 2);

        await cancellation.CancelAsync();
        var cancelled = (await running).Sweep;
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

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
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
