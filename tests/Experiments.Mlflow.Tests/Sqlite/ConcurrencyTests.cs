using System.Diagnostics;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Mlflow.Tests.Sqlite;

/// <summary>Several processes at one database.</summary>
public sealed class ConcurrencyTests
{
    private const string WriterVariable = "EXPERIMENTS_TESTS_SQLITE_WRITER";
    private const int Batches = 150;
    private const int BatchPoints = 200;

    /// <summary>What the other processes do: this test program, started again for this one method.</summary>
    [Fact]
    public async Task Writer_process()
    {
        var uri = Environment.GetEnvironmentVariable(WriterVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(uri), "a part of another test, which starts it as a process of its own");
        await WriteAsync(uri!);
    }

    [Fact]
    public async Task Two_writing_processes_and_a_reader_lose_nothing_and_never_meet_a_lock()
    {
        await using var db = new SqliteFixture();
        var uri = $"sqlite:///{db.Path}";
        var cancellation = TestContext.Current.CancellationToken;

        // Both begin with no database at all.
        using var first = StartWriter(uri);
        using var second = StartWriter(uri);
        var (reads, latest) = (0, 0d);
        while (!first.HasExited || !second.HasExited)
        {
            if (await db.Store.FindExperimentAsync("sweeps", cancellation) is { } experiment)
            {
                var runs = await db.Store.SearchRunsAsync(new RunQuery { ExperimentIds = [experiment.Id] }, cancellation);
                latest = Math.Max(latest, runs.Items.SelectMany(run => run.LatestMetrics).Select(point => point.Value).DefaultIfEmpty().Max());
                reads++;
                await db.Store.SetExperimentTagAsync(experiment.Id, new Tag("seen", $"{reads}"), cancellation);
            }
        }

        Assert.True(first.ExitCode == 0, await first.StandardOutput.ReadToEndAsync(cancellation));
        Assert.True(second.ExitCode == 0, await second.StandardOutput.ReadToEndAsync(cancellation));
        Assert.True(reads > 1);
        Assert.Equal([$"{2 * Batches * BatchPoints}"], db.Query("SELECT count(*) FROM metrics"));
        Assert.Equal(["2"], db.Query("SELECT count(*) FROM runs WHERE status = 'FINISHED'"));
        Assert.Equal(["1"], db.Query("SELECT count(*) FROM experiments WHERE name = 'sweeps'"));
        Assert.Equal([$"{(Batches * BatchPoints) - 1}"], db.Query("SELECT DISTINCT step FROM latest_metrics"));
        Assert.Equal(["ok"], db.Query("PRAGMA integrity_check"));
        Assert.Empty(db.Query("PRAGMA foreign_key_check"));
    }

    private static async Task WriteAsync(string uri)
    {
        await using var store = MlflowStore.Open(uri);
        var experiment = await store.GetOrCreateExperimentAsync("sweeps");
        var run = await store.CreateRunAsync(new NewRun { ExperimentId = experiment.Id });
        for (var batch = 0; batch < Batches; batch++)
        {
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

    private static Process StartWriter(string uri)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ConcurrencyTests).Assembly.Location);
        }

        start.ArgumentList.Add("--filter-method");
        start.ArgumentList.Add($"*.{nameof(ConcurrencyTests)}.{nameof(Writer_process)}");
        start.Environment[WriterVariable] = uri;
        return Process.Start(start)!;
    }
}
