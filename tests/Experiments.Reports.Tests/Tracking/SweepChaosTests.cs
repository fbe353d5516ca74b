using Experiments.Analysis;
using Experiments.Analysis.Tests;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Tests.Double;
using Experiments.Reports.Files;
using Experiments.Reports.Tracking;

namespace Experiments.Reports.Tests.Tracking;

/// <summary>Sweeps of 40 trials on a server that is not well: what it holds in the end is what a healthy one holds.</summary>
public sealed class SweepChaosTests : IDisposable
{
    private const int Steps = 200;

    private static readonly IReadOnlyList<TrialResult> Trials =
    [
        .. from repeat in Enumerable.Range(1, 4)
           from workers in Enumerable.Range(0, 5)
           from pin in new[] { false, true }
           select SampleSweep.Trial(SampleSweep.Of("MELD-DA", workers, pin), repeat, 100 + (50 * workers) + repeat),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("experiments-chaos-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_outages_429_500_and_cut_connections_change_nothing_that_the_server_holds_in_the_end()
    {
        await using var calm = await MlflowDouble.StartAsync();
        Assert.Empty((await RunAsync(calm, "calm")).Problems);

        await using var chaos = await MlflowDouble.StartAsync();
        var random = new Random(7);
        var counts = new Dictionary<Mischief, int>();
        chaos.OnRequest = _ =>
        {
            lock (random)
            {
                var mischief = random.Next(100) switch
                {
                    < 5 => Mischief.TooManyRequests, < 10 => Mischief.InternalError, < 15 => Mischief.CutBefore, < 20 => Mischief.CutAfter, _ => Mischief.None,
                };
                counts[mischief] = counts.GetValueOrDefault(mischief) + 1;
                return Task.FromResult(mischief);
            }
        };
        var outcome = await RunAsync(chaos, "chaos", trial => trial switch
        {
            5 or 15 or 25 => chaos.StopAsync(),
            10 or 20 or 30 => chaos.StartAsync(),
            _ => Task.CompletedTask,
        });

        Assert.Empty(outcome.Problems);
        Assert.Equal(Content(calm), Content(chaos));
        Assert.Equal(41, chaos.State.Runs.Count);
        Assert.Equal(40 * ((Steps * 3) + Steps), chaos.State.Runs.Values.Sum(run => run.Points.Count(point => point.Key.StartsWith("steps/", StringComparison.Ordinal) || point.Key == "train/loss")));
        Assert.All(new[] { Mischief.TooManyRequests, Mischief.InternalError, Mischief.CutBefore, Mischief.CutAfter }, mischief => Assert.True(counts.GetValueOrDefault(mischief) > 0));
    }

    [Fact]
    public async Task A_dead_server_gets_everything_by_publishing_later()
    {
        await using var calm = await MlflowDouble.StartAsync();
        await RunAsync(calm, "calm");
        await using var dead = await MlflowDouble.StartAsync();
        await dead.StopAsync();

        var outcome = await RunAsync(dead, "dead", stall: TimeSpan.FromMilliseconds(100));
        Assert.Contains("experiments publish", Assert.Single(outcome.Problems).Message, StringComparison.Ordinal);
        Assert.True(MlflowPublisher.HasLeftovers(Start("dead").Folder, dead.Address));

        await dead.StartAsync();
        await using var store = Open(dead);
        var publisher = new MlflowPublisher(store, Options(TimeSpan.FromSeconds(30)));
        Assert.Empty((await publisher.PublishAsync(Start("dead") with { Done = Trials }, Report(), Cancellation)).Problems);

        Assert.Equal(Content(calm), Content(dead));
        Assert.False(MlflowPublisher.HasLeftovers(Start("dead").Folder, dead.Address));
    }

    [Fact]
    public async Task The_last_lines_lead_to_the_runs_and_to_the_best_configuration()
    {
        await using var server = await MlflowDouble.StartAsync();

        var places = (await RunAsync(server, "links")).Places;

        Assert.Equal($"MLflow: {server.Address}/#/experiments/1/runs?viewStateShareKey=experiments-grouped", places[0]);
        Assert.Equal(4, places.Count);
        Assert.All(server.State.Experiments["1"].Tags, tag => Assert.InRange(tag.Value.Length, 1, 5000));
        Assert.Contains("(#/experiments/1/runs?viewStateShareKey=experiments-charts&compareRunsMode=CHART)", server.State.Experiments["1"].Tags[MlflowTags.Note], StringComparison.Ordinal);
        Assert.Contains("(#/experiments/1/runs?viewStateShareKey=experiments-grouped)", server.State.Runs.Values.First().Tags[MlflowTags.Note], StringComparison.Ordinal);
        var best = server.State.Runs[Uri.UnescapeDataString(places[3]).Split('"')[1]];
        Assert.StartsWith("MELD-DA w4", best.Name, StringComparison.Ordinal);
        Assert.Contains("| num_workers | 0, 1, 2, 3, 4 |", server.State.Experiments["1"].Tags[MlflowTags.Note], StringComparison.Ordinal);
        Assert.Equal("samples_per_second", server.State.Experiments["1"].Tags[MlflowTags.PrimaryMetric]);
        Assert.StartsWith("**", best.Tags[MlflowTags.Note], StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static IMlflowStore Open(MlflowDouble server) => MlflowStore.Open(new MlflowOptions
    {
        TrackingUri = server.Address,
        Retry = new MlflowRetryOptions { MaxRetries = 2, BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(5) },
    });

    private static MlflowObserverOptions Options(TimeSpan stall) => new()
    {
        User = "ada",
        StallTimeout = stall,
        FirstPause = TimeSpan.FromMilliseconds(5),
        LongestPause = TimeSpan.FromMilliseconds(50),
        TimeProvider = new FixedDate(),
    };

    private static SweepReport Report()
    {
        var sweep = SampleSweep.Sweep(Trials);
        return new SweepReport { Sweep = sweep, Assessment = Judge.Assess(sweep, SampleSweep.Definition(), null) };
    }

    private SweepStart Start(string name)
    {
        var sweep = SampleSweep.Sweep(Trials);
        return SampleReport.Start(Path.Combine(folder.FullName, name)) with
        {
            Plan = new Plan
            {
                Experiment = sweep.Experiment,
                Seed = 0,
                Configurations = sweep.Configurations,
                Trials = [.. Trials.Select(trial => new PlannedTrial(trial.Configuration, trial.Repeat))],
            },
        };
    }

    private async Task<RecordingOutcome> RunAsync(MlflowDouble server, string name, Func<int, Task>? afterTrial = null, TimeSpan? stall = null)
    {
        var start = Start(name);
        await using var store = Open(server);
        await using var observer = new MlflowObserver(store, Options(stall ?? TimeSpan.FromSeconds(30)));
        await observer.SweepStartedAsync(start, Cancellation);
        for (var index = 0; index < Trials.Count; index++)
        {
            var trial = new PlannedTrial(Trials[index].Configuration, Trials[index].Repeat);
            var trialFolder = Directory.CreateDirectory(Path.Combine(start.Folder, "trials", trial.Id)).FullName;
            var events = Events(index).ToList();
            await File.WriteAllLinesAsync(Path.Combine(trialFolder, "events.jsonl"), events.Select((one, at) => TrialEventJson.Write(one, at == 0)), Cancellation);
            await observer.TrialStartedAsync(trial, Cancellation);
            foreach (var chunk in events.Chunk(100))
                await observer.TrialProgressAsync(trial, chunk, Cancellation);
            await observer.TrialFinishedAsync(Trials[index], Cancellation);
            await (afterTrial?.Invoke(index) ?? Task.CompletedTask);
        }

        await ReportFiles.WriteAsync(start.Folder, Report(), Cancellation);
        await observer.SweepFinishedAsync(Report(), Cancellation);
        return observer.Outcome!;
    }

    private static IEnumerable<TrialEvent> Events(int trial)
    {
        for (var step = 1; step <= Steps; step++)
        {
            yield return new StepEvent(step, 64, 0.01 + (trial / 1000.0), 0.1, 1700000000 + step);
            yield return new MetricEvent("train/loss", step % 50 == 7 ? double.NaN : 1.0 / step, step, 1700000000 + step);
        }
    }

    /// <summary>All but ids. A run is created when its trial starts, which a publication knows from the sweep's folder.</summary>
    private static List<string> Content(MlflowDouble server) =>
    [
        .. server.State.Experiments.Values.Select(one => string.Join('\n', one.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))),
        .. server.State.Runs.Values.OrderBy(run => run.Name, StringComparer.Ordinal).Select(run => string.Join('\n',
        [
            $"{run.Name} {run.User} {run.Status} {run.StartTime} {run.EndTime}",
            .. run.Params.Select(param => $"{param}").Order(StringComparer.Ordinal),
            .. run.Tags.Where(tag => tag.Key != MlflowTags.ParentRunId).Select(tag => $"{tag}").Order(StringComparer.Ordinal),
            .. run.Points.Select(point => $"{point}").Order(StringComparer.Ordinal),
            .. run.Latest.Values.Select(point => $"{point}").Order(StringComparer.Ordinal),
            .. run.Inputs.Select(input => $"{input}"),
            $"{server.Artifacts.List(run.ArtifactUri["mlflow-artifacts:/".Length..], "")}",
        ])),
    ];

    /// <summary>A clock that runs, on a day that stands still.</summary>
    private sealed class FixedDate : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1700000000);
    }
}
