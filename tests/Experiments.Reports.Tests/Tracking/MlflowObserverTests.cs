using System.Diagnostics;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;
using Experiments.Mlflow.Tests.Double;
using Experiments.Reports.Files;
using Experiments.Reports.Tracking;

namespace Experiments.Reports.Tests.Tracking;

public sealed class MlflowObserverTests : IAsyncDisposable
{
    private static readonly MlflowObserverOptions Options = new() { User = "ada", GitBranch = "main", GitRepositoryUrl = "https://ada:secret@example.org/repo.git" };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("experiments-tracking-");
    private readonly IMlflowStore store;
    private readonly SweepStart start;

    public MlflowObserverTests()
    {
        store = MlflowStore.Open(new MlflowOptions { TrackingUri = $"sqlite:///{folder.FullName}/mlflow.db" });
        var sample = SampleReport.Start(Path.Combine(folder.FullName, "sweep"));
        start = sample with { Definition = sample.Definition with { Datasets = [new DatasetSource { Name = "MELD-DA", Synthetic = "meld-da" }] } };
        foreach (var trial in start.Plan.Trials)
        {
            var trialFolder = Directory.CreateDirectory(Path.Combine(start.Folder, "trials", trial.Id)).FullName;
            File.WriteAllText(Path.Combine(trialFolder, "stdout.log"), "hello\n");
            File.WriteAllLines(Path.Combine(trialFolder, "events.jsonl"), Events().Select((one, index) => TrialEventJson.Write(one, index == 0)));
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sweep_is_one_parent_with_a_nested_run_for_each_trial()
    {
        await using var observer = new MlflowObserver(store, Options);
        await RunAsync(observer, start, SampleReport.Sweep.Trials);

        var (parent, nested) = await RunsAsync();
        Assert.Equal(18, nested.Count);
        Assert.Equal(RunStatus.Finished, parent.Status);
        Assert.Equal("blown up", Tag(parent, TrackingTags.Verdict));
        Assert.Equal("1", Tag(parent, TrackingTags.ExitCode));
        Assert.Contains("\n\n## meld-da: ✗ blown up", Tag(parent, MlflowTags.Note), StringComparison.Ordinal);
        Assert.Equal("https://example.org/repo.git", Tag(parent, MlflowTags.GitRepositoryUrl));
        Assert.Equal("meld-da · 1 Jan 00:00 · blown up", parent.Name);
        Assert.Equal(2, Metric(parent, "recommended/MELD_DA/num_workers"));
        Assert.DoesNotContain(parent.LatestMetrics, metric => nested.Any(one => one.LatestMetrics.Any(other => other.Key == metric.Key))); // or it would stand among them in each chart
        Assert.Equal(15, Metric(parent, "trials/measured"));
        Assert.Contains(await store.ListArtifactsAsync(parent.Id, null, Cancellation), artifact => artifact.Path == "results.csv");

        var run = nested.Single(one => one.Name == "MELD-DA w2 #3");
        Assert.Equal(RunStatus.Finished, run.Status);
        Assert.Equal("pass", Tag(run, TrackingTags.Verdict));
        Assert.Equal("2", Param(run, "num_workers"));
        Assert.Equal("64", Param(run, "batch_size"));
        Assert.Equal("3", Param(run, "repeat"));
        Assert.Equal(607.2, Metric(run, "samples_per_second"), 6);
        Assert.Equal(3, (await store.GetMetricHistoryAsync(run.Id, "steps/samples_per_second", Cancellation)).Count);
        Assert.Equal([2.5, 2.25], (await store.GetMetricHistoryAsync(run.Id, "train/loss", Cancellation)).Select(point => point.Value));
        Assert.Equal("MELD-DA", Assert.Single(run.Inputs).Name);
        Assert.Contains(await store.ListArtifactsAsync(run.Id, null, Cancellation), artifact => artifact.Path == "stdout.log");
        Assert.Equal("regressed", Tag(nested.Single(one => one.Name == "<b>|odd, \"name\" w2 #1"), TrackingTags.Verdict));
        Assert.All(nested.Where(one => one.Name.Contains("odd, \"name\" w16", StringComparison.Ordinal)), one => Assert.Equal(RunStatus.Failed, one.Status));
        Assert.Single(nested.Select(one => string.Join(' ', one.Params.Select(param => param.Key).Order())).Distinct());
    }

    [Fact]
    public async Task Publishing_again_changes_nothing()
    {
        await using (var observer = new MlflowObserver(store, Options))
            await RunAsync(observer, start, SampleReport.Sweep.Trials);
        var before = await StateAsync();

        var publisher = new MlflowPublisher(store, Options);
        await publisher.PublishAsync(start, SampleReport.Report, Cancellation);
        await publisher.PublishAsync(start, SampleReport.Report, Cancellation);

        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Publishing_into_an_empty_store_gives_what_watching_gives()
    {
        await using (var observer = new MlflowObserver(store, Options))
            await RunAsync(observer, start, SampleReport.Sweep.Trials);
        var watched = await StateAsync();
        await using var other = MlflowStore.Open(new MlflowOptions { TrackingUri = $"sqlite:///{folder.FullName}/other.db", ArtifactRoot = Path.Combine(folder.FullName, "other") });

        await new MlflowPublisher(other, Options).PublishAsync(start, SampleReport.Report, Cancellation);

        Assert.Equal(watched, await StateAsync(other));
    }

    [Fact]
    public async Task Runs_that_a_killed_sweep_left_open_are_closed_on_resume()
    {
        var trials = SampleReport.Sweep.Trials;
        var first = new MlflowObserver(store, Options);
        await first.SweepStartedAsync(start, Cancellation);
        foreach (var result in trials.Take(2))
            await first.TrialStartedAsync(new PlannedTrial(result.Configuration, result.Repeat), Cancellation);
        await first.TrialFinishedAsync(trials[0], Cancellation);
        await first.TrialStartedAsync(new PlannedTrial(trials[2].Configuration, 1), Cancellation);
        await first.DisposeAsync(); // killed here: the second trial is journalled but not recorded, the third was running

        await using (var second = new MlflowObserver(store, Options))
            await RunAsync(second, start with { Done = [.. trials.Take(2)] }, trials.Skip(2));

        var (parent, nested) = await RunsAsync();
        Assert.Equal(RunStatus.Finished, parent.Status);
        Assert.Equal(19, nested.Count);
        Assert.Equal(1, nested.Count(one => one.Status == RunStatus.Killed));
        Assert.DoesNotContain(nested, one => one.Status == RunStatus.Running);
        Assert.Equal(18, nested.Where(one => one.Status != RunStatus.Killed).Select(one => Tag(one, TrackingTags.TrialId)).Distinct().Count());
    }

    [Fact]
    public async Task A_cancelled_sweep_is_killed_and_can_be_resumed()
    {
        var trials = SampleReport.Sweep.Trials;
        var cancelled = trials[1] with { Status = TrialStatus.Cancelled };
        var part = SampleReport.Report with { Sweep = SampleReport.Sweep with { Trials = [trials[0], cancelled] } };
        await using (var observer = new MlflowObserver(store, Options))
            await RunAsync(observer, start, part.Sweep.Trials, part);
        Assert.Equal(RunStatus.Killed, (await RunsAsync()).Parent.Status);

        await using (var observer = new MlflowObserver(store, Options))
            await RunAsync(observer, start with { Done = [trials[0]] }, trials.Skip(1));

        var (parent, nested) = await RunsAsync();
        Assert.Equal(RunStatus.Finished, parent.Status);
        Assert.Equal((19, 1), (nested.Count, nested.Count(one => one.Status == RunStatus.Killed)));
    }

    [Fact]
    public async Task A_run_that_somebody_deleted_is_made_anew_by_one_publication()
    {
        await using (var observer = new MlflowObserver(store, Options))
            await RunAsync(observer, start, SampleReport.Sweep.Trials);
        var before = await StateAsync();
        await store.DeleteRunAsync((await RunsAsync()).Nested.Single(run => run.Name == "MELD-DA w2 #3").Id, Cancellation);

        Assert.Empty((await new MlflowPublisher(store, Options).PublishAsync(start with { Done = SampleReport.Sweep.Trials }, SampleReport.Report, Cancellation)).Problems);

        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Credentials_that_are_refused_are_told_while_the_sweep_runs_and_cost_its_end_nothing()
    {
        var said = new List<string>();
        await using var server = await MlflowDouble.StartAsync();
        server.Credentials = "ada:right";
        await using var remote = MlflowStore.Open(server.Address);
        await using var observer = new MlflowObserver(remote, Options with { OnWaiting = said.Add, StallTimeout = TimeSpan.FromMinutes(10), DrainTimeout = TimeSpan.FromMinutes(10) });
        await observer.SweepStartedAsync(start, Cancellation);
        var trial = new PlannedTrial(SampleReport.Sweep.Trials[0].Configuration, 1);
        await observer.TrialStartedAsync(trial, Cancellation);
        while (said.Count == 0)
        {
            await Task.Delay(10, Cancellation);
            await observer.TrialProgressAsync(trial, [], Cancellation);
        }

        Assert.Contains("warning EXP4001: nothing of ", Assert.Single(said), StringComparison.Ordinal);
        Assert.Contains("401", said[0], StringComparison.Ordinal);
        await ReportFiles.WriteAsync(start.Folder, SampleReport.Report, Cancellation);
        await observer.SweepFinishedAsync(SampleReport.Report, Cancellation).AsTask().WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        Assert.Contains("401", Assert.Single(observer.Outcome!.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_experiment_stays_deleted_and_the_remedy_is_said()
    {
        var id = await store.CreateExperimentAsync(new NewExperiment { Name = "meld-da" }, Cancellation);
        await store.DeleteExperimentAsync(id, Cancellation);
        await using var observer = new MlflowObserver(store, Options with { StallTimeout = TimeSpan.FromMinutes(10) });

        await RunAsync(observer, start, SampleReport.Sweep.Trials);

        Assert.Equal("EXP4007", Assert.Single(observer.Outcome!.Problems).Code);
        Assert.Equal(LifecycleStage.Deleted, (await store.GetExperimentAsync(id, Cancellation)).Stage);
    }

    [Fact]
    public async Task A_store_that_is_away_costs_a_stated_wait_and_is_said_once_with_the_remedy()
    {
        var said = new List<string>();
        await using var away = MlflowStore.Open(new MlflowOptions { TrackingUri = "sqlite:////proc/no/mlflow.db" });
        await using var observer = new MlflowObserver(away, Options with { StallTimeout = TimeSpan.FromMilliseconds(200), DrainTimeout = TimeSpan.FromSeconds(1), OnWaiting = said.Add });

        await RunAsync(observer, start, SampleReport.Sweep.Trials);

        var problem = Assert.Single(observer.Outcome!.Problems);
        Assert.Equal(("EXP4001", DiagnosticSeverity.Warning), (problem.Code, problem.Severity));
        Assert.Contains($"experiments publish {start.Definition.File} --sweep {start.SweepId}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configurations_of_each_dataset_are_compared_by_a_link_of_their_middle_trials()
    {
        await using var server = await MlflowDouble.StartAsync();
        await using var remote = MlflowStore.Open(server.Address);
        await using var observer = new MlflowObserver(remote, Options);

        await RunAsync(observer, start, SampleReport.Sweep.Trials);

        var links = observer.Outcome!.Places.Skip(3).Select(Uri.UnescapeDataString).ToList();
        Assert.Equal(2, links.Count);
        var runs = links.Select(link => link[link.IndexOf("runs=", StringComparison.Ordinal)..].Split('"').Where((_, index) => index % 2 == 1).SkipLast(1).Select(id => server.State.Runs[id]).ToList()).ToList();
        Assert.StartsWith($"  MELD-DA compared: {server.Address}/#/compare-runs?runs=[\"", links[1], StringComparison.Ordinal);
        Assert.EndsWith("\"]&experiments=[\"1\"]", links[1], StringComparison.Ordinal);
        Assert.Equal(["MELD-DA w16 #2", "MELD-DA w2 #2", "MELD-DA w0 #2"], runs[1].Select(run => run.Name).Order(StringComparer.Ordinal).OrderByDescending(name => name == "MELD-DA w16 #2").ThenByDescending(name => name));
        Assert.Equal(2, runs[0].Count); // of the other dataset one configuration failed
        Assert.All(runs, dataset => Assert.Equal(dataset.Select(run => run.Latest["samples_per_second"].Value).OrderDescending(), dataset.Select(run => run.Latest["samples_per_second"].Value)));
    }

    [Fact]
    public async Task The_run_of_a_trial_that_starts_is_known_and_one_of_a_store_that_does_not_answer_is_waited_for_less_and_less()
    {
        var trial = new PlannedTrial(SampleReport.Sweep.Trials[0].Configuration, 1);
        await using (var observer = new MlflowObserver(store, Options))
        {
            await observer.SweepStartedAsync(start, Cancellation);
            var asked = observer.FindRunIdAsync(trial, Cancellation); // before the observer has been told
            await observer.TrialStartedAsync(trial, Cancellation);
            Assert.Equal(trial.Id, Tag(await store.GetRunAsync((await asked)!, Cancellation), TrackingTags.TrialId));
        }

        await using var server = await MlflowDouble.StartAsync();
        var answer = new TaskCompletionSource<Mischief>();
        server.OnRequest = _ => answer.Task;
        var elsewhere = start with { Folder = Path.Combine(folder.FullName, "elsewhere") };
        await using var silent = MlflowStore.Open(server.Address);
        await using (var observer = new MlflowObserver(silent, Options with { HandOverTimeout = TimeSpan.FromMilliseconds(100), CloseTimeout = TimeSpan.Zero }))
        {
            await observer.SweepStartedAsync(elsewhere, Cancellation);
            var began = Stopwatch.GetTimestamp();
            for (var times = 0; times < 100; times++)
                Assert.Null(await observer.FindRunIdAsync(trial, Cancellation)); // 200 ms in all, not 10 s
            System.Console.WriteLine($"a store that does not answer cost 100 trials {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms in all");
            answer.SetResult(Mischief.None);
        }
    }

    [Fact]
    public async Task A_folder_that_another_process_records_in_fails_nothing()
    {
        await using var first = new MlflowObserver(store, Options);
        await first.SweepStartedAsync(start, Cancellation);
        await using var second = new MlflowObserver(store, Options);

        await RunAsync(second, start, SampleReport.Sweep.Trials);

        Assert.Contains("in use", Assert.Single(second.Outcome!.Problems).Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static IEnumerable<TrialEvent> Events()
    {
        for (var step = 1; step <= 3; step++)
            yield return new StepEvent(step, 64, 0.01, 0.1, 1700000000 + step);
        yield return new MetricEvent("train/loss", 2.5, 2, 1700000002);
        yield return new MetricEvent("train/loss", 2.25, 3, 1700000003);
    }

    private static async Task RunAsync(MlflowObserver observer, SweepStart start, IEnumerable<TrialResult> trials, SweepReport? report = null)
    {
        await observer.SweepStartedAsync(start, Cancellation);
        foreach (var result in trials)
        {
            var trial = new PlannedTrial(result.Configuration, result.Repeat);
            await observer.TrialStartedAsync(trial, Cancellation);
            await observer.TrialProgressAsync(trial, [.. Events()], Cancellation);
            await observer.TrialFinishedAsync(result, Cancellation);
        }

        report ??= SampleReport.Report;
        await ReportFiles.WriteAsync(start.Folder, report, Cancellation);
        await observer.SweepFinishedAsync(report, Cancellation);
    }

    private async Task<(MlflowRun Parent, List<MlflowRun> Nested)> RunsAsync(IMlflowStore? from = null)
    {
        from ??= store;
        var experiment = await from.FindExperimentAsync("meld-da", Cancellation);
        var runs = new List<MlflowRun>();
        await foreach (var run in from.SearchAllRunsAsync(new RunQuery { ExperimentIds = [experiment!.Id] }, Cancellation))
            runs.Add(run);
        return (runs.Single(run => run.Tags.All(tag => tag.Key != MlflowTags.ParentRunId)), [.. runs.Where(run => run.Tags.Any(tag => tag.Key == MlflowTags.ParentRunId))]);
    }

    /// <summary>All that the runs say, but for ids and the time at which they were created.</summary>
    private async Task<string> StateAsync(IMlflowStore? from = null)
    {
        from ??= store;
        var (parent, nested) = await RunsAsync(from);
        var lines = new List<string>();
        foreach (var run in nested.Append(parent))
        {
            var curve = await from.GetMetricHistoryAsync(run.Id, "train/loss", Cancellation);
            var artifacts = await from.ListArtifactsAsync(run.Id, null, Cancellation);
            lines.Add(string.Join('\n', new[] { $"{run.Name} {run.Status} {run.EndTimeMs} {curve.Count}" }
                .Concat(run.Params.Select(param => param.ToString()).Order())
                .Concat(run.Tags.Where(tag => tag.Key != MlflowTags.ParentRunId).Select(tag => tag.ToString()).Order())
                .Concat(run.LatestMetrics.Select(metric => metric.ToString()).Order())
                .Concat(artifacts.Select(artifact => artifact.ToString()))));
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private static string Tag(MlflowRun run, string key) => run.Tags.Single(tag => tag.Key == key).Value;

    private static string Param(MlflowRun run, string key) => run.Params.Single(param => param.Key == key).Value;

    private static double Metric(MlflowRun run, string key) => run.LatestMetrics.Single(metric => metric.Key == key).Value;
}
