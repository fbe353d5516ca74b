using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Sweeps;

using Experiments.Running;

namespace Experiments.Engine.Tests.Sweeps;

/// <summary>Trials whose files are none, or have no end.</summary>
public class UnreadFilesTests
{
    [LinuxTheory]
    [InlineData("mkfifo $EXPERIMENTS_EVENTS")]
    [InlineData("mkdir $EXPERIMENTS_EVENTS")]
    [InlineData("ln -s /dev/zero $EXPERIMENTS_EVENTS")]
    [InlineData("ln -s events.jsonl $EXPERIMENTS_EVENTS")]
    [InlineData("mkfifo p; ln -s $PWD/p $EXPERIMENTS_EVENTS")]
    public async Task Events_that_are_no_plain_file_measure_nothing_and_that_is_said(string make)
    {
        using var sweep = new SweepTest();

        var result = await EndsAsync(() => sweep.RunOneAsync(make));

        Assert.Equal(TrialStatus.NotMeasured, result.Status);
        Assert.Contains(result.Diagnostics, one => one.Code == "EXP3005");
        Assert.Contains(result.Diagnostics, one => one.Code == "EXP3020" && one.Message.StartsWith("its events are not read: ", StringComparison.Ordinal));
    }

    [LinuxTheory]
    [InlineData("mkfifo $EXPERIMENTS_ARTIFACTS/pipe", "artifacts/pipe")]
    [InlineData("mkdir $EXPERIMENTS_ARTIFACTS/a; ln -s /dev/zero $EXPERIMENTS_ARTIFACTS/a/b", "artifacts/a/b")]
    [InlineData("cd $EXPERIMENTS_ARTIFACTS/..; rm stdout.log; mkfifo stdout.log", "stdout.log")]
    [InlineData("cd $EXPERIMENTS_ARTIFACTS/..; rm stderr.log; ln -s /dev/random stderr.log", "stderr.log")]
    [InlineData("cd $EXPERIMENTS_ARTIFACTS/..; rm stdout.log; mkdir stdout.log", "stdout.log")]
    [InlineData("cd $EXPERIMENTS_ARTIFACTS; ln -s loop loop; ln -s .. up", "artifacts/loop, artifacts/up")]
    [InlineData("cd $EXPERIMENTS_ARTIFACTS; printf x > \"$(printf 'caf\\351')\"", "artifacts/caf\uFFFD")]
    [InlineData("cd $EXPERIMENTS_ARTIFACTS; mkfifo \"$(printf 'a\\033[31m')\"", "artifacts/a\\u001b[31m")]
    public async Task What_else_is_no_plain_file_is_skipped_and_said_and_the_trial_is_measured(string make, string named)
    {
        using var sweep = new SweepTest();

        var result = await EndsAsync(() => sweep.RunOneAsync(SweepTest.Step + make));

        Assert.Equal(TrialStatus.Completed, result.Status);
        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal(("EXP3020", DiagnosticSeverity.Warning), (warning.Code, warning.Severity));
        Assert.EndsWith(": " + named, warning.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_trial_runs_again_over_leftovers_that_cannot_be_deleted()
    {
        using var sweep = new SweepTest();
        var request = sweep.Request(SweepTest.Step + "printf x > \"$EXPERIMENTS_ARTIFACTS/$(printf 'caf\\351')\"");
        var first = await SweepTest.RunAsync(request);
        File.WriteAllText(sweep.FolderOf(first.SweepId).Journal, "");

        var again = await SweepTest.RunAsync(request with { ResumeId = first.SweepId });

        Assert.Equal(TrialStatus.Completed, Assert.Single(again.Trials).Status);
        Assert.Equal(16, again.Trials[0].Metric(MetricKeys.SamplesPerSecond));
    }

    [LinuxFact]
    public async Task A_user_who_stops_does_not_wait_for_events_without_end()
    {
        using var sweep = new SweepTest();
        using var stop = new StopAtProgress();
        await using var pipeline = new ObserverPipeline([stop]);

        var request = sweep.Request(SweepTest.Step + "truncate -s 200G $EXPERIMENTS_EVENTS"); // sparse: nothing on the disk, minutes to read
        request = request with { Definition = request.Definition with { Train = request.Definition.Train with { Steps = 1 } } };

        var result = (await EndsAsync(() => SweepRunner.RunAsync(request, pipeline, stop.Token))).Sweep;

        Assert.Empty(result.Trials); // not read to its end: it runs again
    }

    [LinuxFact]
    public async Task Events_are_read_for_a_bounded_time_and_what_was_not_read_is_said()
    {
        using var sweep = new SweepTest();

        var request = sweep.Request(SweepTest.Step + "truncate -s 5M $EXPERIMENTS_EVENTS") with { Time = new HurriedTime() };
        var result = Assert.Single((await SweepTest.RunAsync(request)).Trials);

        Assert.Equal(TrialStatus.Completed, result.Status);
        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal(("EXP3021", "of its 5 MiB of events only the first 0 MiB were read"), (warning.Code, warning.Message));
    }

    [LinuxFact]
    public async Task A_pipe_in_the_way_of_the_results_file_does_not_hold_the_sweep()
    {
        using var sweep = new SweepTest();

        // The writer's temporary name follows from the tool's process, which is the trial's parent.
        var result = await EndsAsync(() => sweep.RunOneAsync(SweepTest.Step + "cd $EXPERIMENTS_ARTIFACTS/..; mkfifo result.json.$PPID.tmp"));

        Assert.Equal(TrialStatus.Completed, result.Status);
        Assert.DoesNotContain(result.Diagnostics, one => one.Code == "EXP5002");
    }

    /// <summary>A reader that waits for ever fails the test instead of hanging it.</summary>
    private static Task<T> EndsAsync<T>(Func<Task<T>> run) => Task.Run(run).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    private sealed class StopAtProgress : ISweepObserver, IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public string Name => "stop";

        public CancellationToken Token => _stop.Token;

        public void Dispose() => _stop.Dispose();

        public ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken) => default;

        public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken) => default;

        public ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken) => default;

        public ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken) => default;

        public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken) => new(_stop.CancelAsync());
    }

    /// <summary>Half a minute passes from one look at the clock to the next.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Add(ref _seconds, 31);
    }
}
