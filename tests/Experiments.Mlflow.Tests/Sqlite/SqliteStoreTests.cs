using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Mlflow.Tests.Sqlite;

public sealed class SqliteStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_logged_is_read_back()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync(new Tag(MlflowTags.ParentRunId, "0123456789abcdef0123456789abcdef"));

        await db.Store.LogBatchAsync(
            run.Id,
            new RunBatch
            {
                Metrics = [new("loss", 0.5, 1000, 1), new("loss", 0.25, 1001, 2), new("bad", double.NaN, 1000)],
                Params = [new("num_workers", "4")],
                Tags = [new("phase", "train")],
            },
            Cancellation);
        await db.Store.EndRunAsync(run.Id, RunStatus.Finished, DateTimeOffset.FromUnixTimeMilliseconds(5000), Cancellation);

        var read = await db.Store.GetRunAsync(run.Id, Cancellation);
        Assert.Equal(RunStatus.Finished, read.Status);
        Assert.Equal(5000, read.EndTimeMs);
        Assert.Equal([new Param("num_workers", "4")], read.Params);
        Assert.Contains(new Tag("phase", "train"), read.Tags);
        Assert.Contains(new Tag(MlflowTags.RunName, "first"), read.Tags);
        Assert.Equal([new("loss", 0.25, 1001, 2), new("bad", double.NaN, 1000)], read.LatestMetrics);
        Assert.Equal(
            [new("loss", 0.5, 1000, 1), new("loss", 0.25, 1001, 2)],
            await db.Store.GetMetricHistoryAsync(run.Id, "loss", Cancellation));
    }

    [Fact]
    public async Task Logging_the_same_batch_twice_changes_nothing()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();
        var batch = new RunBatch
        {
            Metrics = [new("loss", 0.5, 1000, 1), new("loss", double.NaN, 1001, 2), new("loss", double.NaN, 1001, 2)],
            Params = [new("a", "1")],
            Tags = [new("t", "1")],
        };

        await db.Store.LogBatchAsync(run.Id, batch, Cancellation);
        await db.Store.LogBatchAsync(run.Id, batch, Cancellation);

        Assert.Equal(["2"], db.Query("SELECT count(*) FROM metrics"));
        Assert.Equal(["loss|0|1001|2|1"], db.Query("SELECT key, value, timestamp, step, is_nan FROM latest_metrics"));
    }

    [Fact]
    public async Task The_latest_metric_is_the_greatest_by_step_then_time_then_value()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();
        MetricPoint[] points = [new("m", 1, 10, 5), new("m", 9, 99, 4), new("m", 2, 10, 5), new("m", 0.5, 9, 5), new("m", double.NaN, 10, 5)];

        foreach (var point in points)
        {
            await db.Store.LogMetricAsync(run.Id, point, Cancellation);
        }

        Assert.Equal([new("m", 2, 10, 5)], (await db.Store.GetRunAsync(run.Id, Cancellation)).LatestMetrics);
    }

    [Fact]
    public async Task Infinities_are_stored_as_servers_store_them()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();

        await db.Store.LogBatchAsync(
            run.Id, new RunBatch { Metrics = [new("up", double.PositiveInfinity, 1), new("down", double.NegativeInfinity, 1)] }, Cancellation);

        Assert.Equal(
            ["1|0", "1|0"],
            db.Query("SELECT abs(value) = 1.7976931348623157e308, is_nan FROM metrics"));
    }

    [Fact]
    public async Task A_param_cannot_be_changed_and_nothing_of_that_batch_is_stored()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();
        await db.Store.LogParamAsync(run.Id, "a", "1", Cancellation);
        await db.Store.LogParamAsync(run.Id, "a", "1", Cancellation);

        var e = await Assert.ThrowsAsync<MlflowException>(() => db.Store.LogBatchAsync(
            run.Id, new RunBatch { Metrics = [new("m", 1, 1)], Params = [new("b", "1"), new("a", "2")], Tags = [new("t", "1")] }, Cancellation));

        Assert.Equal(MlflowErrorCode.InvalidParameterValue, e.ErrorCode);
        Assert.False(e.IsTransient);
        Assert.Equal(["a|1"], db.Query("SELECT key, value FROM params"));
        Assert.Equal(["0"], db.Query("SELECT count(*) FROM metrics"));
    }

    [Fact]
    public async Task Creating_a_run_with_the_same_key_gives_the_same_run()
    {
        await using var db = new SqliteFixture();
        var experiment = await db.Store.GetOrCreateExperimentAsync("sweeps", Cancellation);
        var wanted = new NewRun { ExperimentId = experiment.Id, Name = "w4", Key = "sweep-1/trial-3" };

        var first = await db.Store.CreateRunAsync(wanted, Cancellation);
        var second = await db.Store.CreateRunAsync(wanted, Cancellation);
        var other = await db.Store.CreateRunAsync(wanted with { Key = "sweep-1/trial-4" }, Cancellation);

        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Id, other.Id);
    }

    [Fact]
    public async Task Long_values_are_cut_by_code_points_with_a_warning()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();
        var faces = string.Concat(Enumerable.Repeat("😀", 6001));

        await db.Store.LogParamAsync(run.Id, "faces", faces, Cancellation);
        await db.Store.LogParamAsync(run.Id, "faces", faces, Cancellation);

        Assert.Equal(faces[..12000], (await db.Store.GetRunAsync(run.Id, Cancellation)).Params[0].Value);
        Assert.Contains(db.Warnings, warning => warning.Message.Contains("'faces' was cut to 6000", StringComparison.Ordinal) && warning.RunId == run.Id);
    }

    [Fact]
    public async Task Renaming_a_run_keeps_its_tag_in_step_and_the_other_way_round()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();

        await db.Store.UpdateRunAsync(run.Id, new RunUpdate { Name = "second" }, Cancellation);
        Assert.Contains(new Tag(MlflowTags.RunName, "second"), (await db.Store.GetRunAsync(run.Id, Cancellation)).Tags);

        await db.Store.SetTagAsync(run.Id, MlflowTags.RunName, "third", Cancellation);
        Assert.Equal("third", (await db.Store.GetRunAsync(run.Id, Cancellation)).Name);
    }

    [Fact]
    public async Task A_deleted_run_takes_nothing_until_it_is_restored()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();

        await db.Store.DeleteRunAsync(run.Id, Cancellation);
        await Assert.ThrowsAsync<MlflowException>(() => db.Store.LogMetricAsync(run.Id, new("m", 1, 1), Cancellation));
        Assert.Equal(LifecycleStage.Deleted, (await db.Store.GetRunAsync(run.Id, Cancellation)).Stage);

        await db.Store.RestoreRunAsync(run.Id, Cancellation);
        await db.Store.LogMetricAsync(run.Id, new("m", 1, 1), Cancellation);
    }

    [Fact]
    public async Task Deleting_an_experiment_deletes_its_runs_and_asking_for_it_again_restores_both()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();

        await db.Store.DeleteExperimentAsync(run.ExperimentId, Cancellation);
        Assert.Equal(LifecycleStage.Deleted, (await db.Store.GetRunAsync(run.Id, Cancellation)).Stage);
        Assert.Empty((await db.Store.SearchExperimentsAsync(new ExperimentQuery { Filter = "name = 'sweeps'" }, Cancellation)).Items);

        Assert.Equal(run.ExperimentId, (await db.Store.GetOrCreateExperimentAsync("sweeps", Cancellation)).Id);
        Assert.Equal(LifecycleStage.Active, (await db.Store.GetRunAsync(run.Id, Cancellation)).Stage);
    }

    [Fact]
    public async Task Dataset_inputs_are_read_back_once_however_often_they_are_logged()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();
        var input = new DatasetInput { Name = "MELD-DA", Digest = "abc123", Context = "training", Profile = """{"num_rows": 9989}""" };

        await db.Store.LogInputsAsync(run.Id, [input], Cancellation);
        await db.Store.LogInputsAsync(run.Id, [input], Cancellation);

        Assert.Equal([input], (await db.Store.GetRunAsync(run.Id, Cancellation)).Inputs);
    }

    [Fact]
    public async Task An_unknown_run_and_an_unknown_experiment_are_said_to_be_missing()
    {
        await using var db = new SqliteFixture();
        var run = await Assert.ThrowsAsync<MlflowException>(() => db.Store.GetRunAsync(new string('0', 32), Cancellation));
        var experiment = await Assert.ThrowsAsync<MlflowException>(() => db.Store.GetExperimentAsync("77", Cancellation));

        Assert.Equal(MlflowErrorCode.ResourceDoesNotExist, run.ErrorCode);
        Assert.Equal(MlflowErrorCode.ResourceDoesNotExist, experiment.ErrorCode);
        Assert.Null(await db.Store.FindExperimentAsync("nobody", Cancellation));
    }

    [Fact]
    public async Task Artifacts_lie_where_local_servers_look_for_them()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();

        await db.Store.UploadArtifactAsync(run.Id, "logs/a b é.txt", new MemoryStream("hello"u8.ToArray()), Cancellation);

        Assert.Equal("hello", File.ReadAllText(Path.Combine(db.ArtifactRoot, run.ExperimentId, run.Id, "artifacts", "logs", "a b é.txt")));
        Assert.Equal([new ArtifactEntry("logs", true, null)], await db.Store.ListArtifactsAsync(run.Id, cancellationToken: Cancellation));
        Assert.Equal([new ArtifactEntry("logs/a b é.txt", false, 5)], await db.Store.ListArtifactsAsync(run.Id, "logs", Cancellation));
        await using (var content = await db.Store.OpenArtifactAsync(run.Id, "logs/a b é.txt", Cancellation))
        {
            Assert.Equal("hello", await new StreamReader(content).ReadToEndAsync(Cancellation));
        }

        await db.Store.DeleteArtifactAsync(run.Id, "logs/a b é.txt", Cancellation);
        await Assert.ThrowsAsync<MlflowException>(() => db.Store.OpenArtifactAsync(run.Id, "logs/a b é.txt", Cancellation));
    }
}
