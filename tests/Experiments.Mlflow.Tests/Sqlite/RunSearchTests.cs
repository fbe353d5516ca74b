using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Mlflow.Tests.Sqlite;

public sealed class RunSearchTests
{
    [Theory]
    [InlineData("metrics.loss < 0.25", "w2 w4")]
    [InlineData("metrics.`loader/wait_ms` >= 5 and params.num_workers = '2'", "w2")]
    [InlineData("params.num_workers != '2'", "w0 w4")]
    [InlineData("params.num_workers IN ('0', '4')", "w0 w4")]
    [InlineData("params.num_workers NOT IN ('0', '4') AND attributes.status = 'RUNNING'", "w2")]
    [InlineData("attributes.run_name LIKE 'w%'", "w0 w2 w4")]
    [InlineData("attributes.run_name LIKE 'W%'", "")]
    [InlineData("run_name ILIKE 'W_'", "w0 w2 w4")]
    [InlineData("tags.`mlflow.parentRunId` = 'p'", "w2 w4")]
    [InlineData("tags.mlflow.parentRunId = 'p'", "w2 w4")]
    [InlineData("tags.mlflow.parentRunId IS NULL", "w0")]
    [InlineData("attributes.start_time > 1000", "w2 w4")]
    [InlineData("datasets.name = 'MELD-DA'", "w4")]
    [InlineData("metrics.nan > 0", "")]
    [InlineData("params.quoted = \"it's\"", "w0")]
    public async Task A_filter_finds(string filter, string expected)
    {
        await using var db = await FilledAsync();

        var found = await db.Store.SearchRunsAsync(Query with { Filter = filter, OrderBy = ["run_name"] }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, string.Join(' ', found.Items.Select(run => run.Name)));
    }

    [Theory]
    [InlineData("metrics.loss ASC", "w4 w2 w0")]
    [InlineData("metrics.loss DESC", "w0 w2 w4")]
    [InlineData("metrics.`loader/wait_ms` DESC", "w4 w2 w0")]
    [InlineData("params.num_workers desc", "w4 w2 w0")]
    [InlineData("attributes.start_time ASC", "w0 w2 w4")]
    [InlineData(null, "w4 w2 w0")]
    public async Task An_order_orders(string? order, string expected)
    {
        await using var db = await FilledAsync();

        var found = await db.Store.SearchRunsAsync(Query with { OrderBy = order is null ? [] : [order] }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, string.Join(' ', found.Items.Select(run => run.Name)));
    }

    [Theory]
    [InlineData("foo bar")]
    [InlineData("params.lr > 1")]
    [InlineData("params.lr = 1")]
    [InlineData("params.lr = '1' OR params.lr = '2'")]
    [InlineData("metrics.loss = 'x'")]
    [InlineData("metrics.loss LIKE 'x'")]
    [InlineData("planets.x = '1'")]
    [InlineData("attributes.colour = 'red'")]
    [InlineData("params.x = 'unclosed")]
    [InlineData("params.x =")]
    [InlineData("params.x IN ('a'")]
    public async Task A_filter_that_makes_no_sense_is_refused(string filter)
    {
        await using var db = new SqliteFixture();

        var e = await Assert.ThrowsAsync<MlflowException>(
            () => db.Store.SearchRunsAsync(Query with { Filter = filter }, TestContext.Current.CancellationToken));

        Assert.Equal(MlflowErrorCode.InvalidParameterValue, e.ErrorCode);
    }

    [Fact]
    public async Task Pages_follow_each_other_to_the_last()
    {
        await using var db = await FilledAsync();

        var first = await db.Store.SearchRunsAsync(Query with { MaxResults = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal("eyJvZmZzZXQiOiAyfQ==", first.NextPageToken);
        var all = new List<string>();
        await foreach (var run in db.Store.SearchAllRunsAsync(Query with { MaxResults = 2 }, TestContext.Current.CancellationToken))
        {
            all.Add(run.Name);
        }

        Assert.Equal(["w4", "w2", "w0"], all);
        await Assert.ThrowsAsync<MlflowException>(
            () => db.Store.SearchRunsAsync(Query with { PageToken = "!!!" }, TestContext.Current.CancellationToken));
    }

    private static RunQuery Query => new() { ExperimentIds = ["1"] };

    private static async Task<SqliteFixture> FilledAsync()
    {
        var db = new SqliteFixture();
        var experiment = await db.Store.GetOrCreateExperimentAsync("sweeps");
        for (var workers = 0; workers <= 4; workers += 2)
        {
            var run = await db.Store.CreateRunAsync(new NewRun
            {
                ExperimentId = experiment.Id,
                Name = $"w{workers}",
                StartTimeMs = 1000 + workers,
                Tags = workers > 0 ? [new Tag(MlflowTags.ParentRunId, "p")] : [],
            });
            await db.Store.LogBatchAsync(run.Id, new RunBatch
            {
                Params = workers > 0 ? [new("num_workers", $"{workers}")] : [new("num_workers", "0"), new("quoted", "it's")],
                Metrics = workers > 0
                    ? [new("loss", 0.3 - (workers / 20.0), 1), new("loader/wait_ms", workers * 5, 1), new("nan", double.NaN, 1)]
                    : [new("loss", 0.3, 1)],
            });
            if (workers == 4)
            {
                await db.Store.LogInputsAsync(run.Id, [new DatasetInput { Name = "MELD-DA", Digest = "1" }]);
            }
        }

        return db;
    }
}
