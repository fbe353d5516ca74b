using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Outbox;
using Experiments.Mlflow.Tests.Sqlite;

namespace Experiments.Mlflow.Tests.Outbox;

/// <summary>An outbox before a database that cannot be written.</summary>
public sealed class SqliteOutboxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_a_schema_that_is_too_new_everything_stays_on_disk_and_is_sent_when_it_can_be()
    {
        await using var db = new SqliteFixture();
        await db.NewRunAsync();
        db.Execute("ALTER TABLE metrics RENAME COLUMN is_nan TO nan_flag; UPDATE alembic_version SET version_num = 'feedfacecafe'");
        await using (var store = db.Open())
        await using (var outbox = Open(store, TimeSpan.FromMilliseconds(200)))
        {
            outbox.StartRun(new OutboxRun { Key = "trial", Name = "trial" });
            outbox.Log("trial", new MetricPoint("loss", double.NaN, 1));
            outbox.EndRun("trial");
            for (var tries = 0; tries < 100 && outbox.Status.LastError is null; tries++)
            {
                Assert.False(await outbox.FlushAsync(TimeSpan.FromMilliseconds(200), Cancellation));
            }

            Assert.Contains("feedfacecafe", outbox.Status.LastError, StringComparison.Ordinal);
            Assert.Equal(0, outbox.Status.RejectedOperations);
        }

        db.Execute("ALTER TABLE metrics RENAME COLUMN nan_flag TO is_nan");
        await using (var store = db.Open())
        await using (var outbox = Open(store, TimeSpan.FromSeconds(30)))
        {
            Assert.True(await outbox.FlushAsync(TimeSpan.FromSeconds(30), Cancellation));
        }

        Assert.Equal(["loss|1"], db.Query("SELECT key, is_nan FROM metrics"));
        Assert.Equal(["FINISHED"], db.Query("SELECT status FROM runs WHERE name = 'trial'"));
    }

    [Fact]
    public async Task What_a_reader_sees_is_at_most_as_old_as_a_batch()
    {
        await using var db = new SqliteFixture();
        await using var outbox = Open(db.Store, TimeSpan.FromSeconds(30));

        outbox.StartRun(new OutboxRun { Key = "trial", Name = "trial" });
        outbox.Log("trial", new MetricPoint("loss", 1, 1));

        // No flush: it comes by itself, or this test gives up.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        IReadOnlyList<MetricPoint> seen = [];
        while (seen.Count == 0 && !patience.IsCancellationRequested)
        {
            await Task.Delay(10, Cancellation);
            seen = outbox.FindRunId("trial") is { } id ? (await db.Store.GetRunAsync(id, Cancellation)).LatestMetrics : [];
        }

        var metric = Assert.Single(seen);
        Assert.Equal(("loss", 1.0), (metric.Key, metric.Value));
    }

    public void Dispose() => _folder.Dispose();

    private MlflowOutbox Open(IMlflowStore store, TimeSpan closeTimeout) => new(store, new MlflowOutboxOptions
    {
        Experiment = "sweeps",
        Folder = _folder.File("outbox"),
        BatchAge = TimeSpan.FromMilliseconds(20),
        FirstPause = TimeSpan.FromMilliseconds(20),
        CloseTimeout = closeTimeout,
    });
}
