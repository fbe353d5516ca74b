using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Mlflow.Tests.Sqlite;

/// <summary>Several stores at one database, each with connections of its own as a process has. Whole sweeps do the same in the end-to-end tests.</summary>
public sealed class ConcurrencyTests
{
    private const int Batches = 150;
    private const int BatchPoints = 200;

    [Fact]
    public async Task Two_writers_and_a_reader_lose_nothing_and_never_meet_a_lock()
    {
        await using var db = new SqliteFixture();
        var uri = $"sqlite:///{db.Path}";
        var cancellation = TestContext.Current.CancellationToken;

        // Both begin with no database at all, and go on after half of their batches when the reader, which a busy database may keep waiting, has seen those.
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Task.WhenAll(Task.Run(() => WriteAsync(uri, seen.Task), cancellation), Task.Run(() => WriteAsync(uri, seen.Task), cancellation));
        try
        {
            for (var reads = 1; !writers.IsCompleted; reads++)
            {
                if (await db.Store.FindExperimentAsync("sweeps", cancellation) is { } experiment)
                {
                    var runs = await db.Store.SearchRunsAsync(new RunQuery { ExperimentIds = [experiment.Id] }, cancellation);
                    if (runs.Items.SelectMany(run => run.LatestMetrics).Any(point => point.Value >= (Batches / 2 * BatchPoints) - 1))
                        seen.TrySetResult();
                    await db.Store.SetExperimentTagAsync(experiment.Id, new Tag("seen", $"{reads}"), cancellation);
                }
            }
        }
        finally
        {
            seen.TrySetResult();
        }

        await writers;
        Assert.Equal([$"{2 * Batches * BatchPoints}"], db.Query("SELECT count(*) FROM metrics"));
        Assert.Equal(["2"], db.Query("SELECT count(*) FROM runs WHERE status = 'FINISHED'"));
        Assert.Equal(["1"], db.Query("SELECT count(*) FROM experiments WHERE name = 'sweeps'"));
        Assert.Equal([$"{(Batches * BatchPoints) - 1}"], db.Query("SELECT DISTINCT step FROM latest_metrics"));
        Assert.Equal(["ok"], db.Query("PRAGMA integrity_check"));
        Assert.Empty(db.Query("PRAGMA foreign_key_check"));
    }

    private static async Task WriteAsync(string uri, Task half)
    {
        await using var store = MlflowStore.Open(uri);
        var experiment = await store.GetOrCreateExperimentAsync("sweeps");
        var run = await store.CreateRunAsync(new NewRun { ExperimentId = experiment.Id });
        for (var batch = 0; batch < Batches; batch++)
        {
            if (batch == Batches / 2)
                await half.WaitAsync(TimeSpan.FromMinutes(1)); // a reader that never sees them is a failure
            var start = batch * BatchPoints;
            await store.LogBatchAsync(run.Id, new RunBatch
            {
                Metrics = [.. Enumerable.Range(start, BatchPoints).Select(i => new MetricPoint("loss", i, i, i))],
                Params = [new($"p{batch}", "1")],
                Tags = [new("batch", $"{batch}")],
            });
        }

        await store.EndRunAsync(run.Id);
    }
}
