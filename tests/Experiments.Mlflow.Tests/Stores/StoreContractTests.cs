using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Mlflow.Tests.Stores;

/// <summary>What every store does alike.</summary>
public sealed class StoreContractTests
{
    public static TheoryData<string> Kinds => StoreFixture.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_logged_is_read_back(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
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

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Logging_the_same_batch_twice_changes_nothing(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();
        var batch = new RunBatch
        {
            Metrics = [new("loss", 0.5, 1000, 1), new("loss", double.NaN, 1001, 2), new("loss", double.NaN, 1001, 2)],
            Params = [new("a", "1")],
            Tags = [new("t", "1")],
        };

        await db.Store.LogBatchAsync(run.Id, batch, Cancellation);
        await db.Store.LogBatchAsync(run.Id, batch, Cancellation);

        Assert.Equal(
            [new("loss", 0.5, 1000, 1), new("loss", double.NaN, 1001, 2)],
            await db.Store.GetMetricHistoryAsync(run.Id, "loss", Cancellation));
        Assert.Equal([new("loss", double.NaN, 1001, 2)], (await db.Store.GetRunAsync(run.Id, Cancellation)).LatestMetrics);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_latest_metric_is_the_greatest_by_step_then_time_then_value(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();
        MetricPoint[] points = [new("m", 1, 10, 5), new("m", 9, 99, 4), new("m", 2, 10, 5), new("m", 0.5, 9, 5), new("m", double.NaN, 10, 5)];

        foreach (var point in points)
        {
            await db.Store.LogMetricAsync(run.Id, point, Cancellation);
        }

        Assert.Equal([new("m", 2, 10, 5)], (await db.Store.GetRunAsync(run.Id, Cancellation)).LatestMetrics);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Infinities_are_stored_as_servers_store_them(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();

        await db.Store.LogBatchAsync(
            run.Id, new RunBatch { Metrics = [new("up", double.PositiveInfinity, 1), new("down", double.NegativeInfinity, 1)] }, Cancellation);

        Assert.Equal(
            [new("up", double.MaxValue, 1), new("down", double.MinValue, 1)],
            (await db.Store.GetRunAsync(run.Id, Cancellation)).LatestMetrics);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_param_cannot_be_changed_and_nothing_of_that_batch_is_stored(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();
        await db.Store.LogParamAsync(run.Id, "a", "1", Cancellation);
        await db.Store.LogParamAsync(run.Id, "a", "1", Cancellation);

        var e = await Assert.ThrowsAsync<MlflowException>(() => db.Store.LogBatchAsync(
            run.Id, new RunBatch { Metrics = [new("m", 1, 1)], Params = [new("b", "1"), new("a", "2")], Tags = [new("t", "1")] }, Cancellation));

        Assert.Equal(MlflowErrorCode.InvalidParameterValue, e.ErrorCode);
        Assert.False(e.IsTransient);
        var read = await db.Store.GetRunAsync(run.Id, Cancellation);
        Assert.Equal([new Param("a", "1")], read.Params);
        Assert.Empty(read.LatestMetrics);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Creating_a_run_with_the_same_key_gives_the_same_run(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var experiment = await db.Store.GetOrCreateExperimentAsync("sweeps", Cancellation);
        var wanted = new NewRun { ExperimentId = experiment.Id, Name = "w4", Key = "sweep-1/trial-3" };

        var first = await db.Store.CreateRunAsync(wanted, Cancellation);
        var second = await db.Store.CreateRunAsync(wanted, Cancellation);
        var other = await db.Store.CreateRunAsync(wanted with { Key = "sweep-1/trial-4" }, Cancellation);

        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Id, other.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Long_values_are_cut_by_code_points_with_a_warning(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();
        var faces = string.Concat(Enumerable.Repeat("😀", 6001));

        await db.Store.LogParamAsync(run.Id, "faces", faces, Cancellation);
        await db.Store.LogParamAsync(run.Id, "faces", faces, Cancellation);

        Assert.Equal(faces[..12000], (await db.Store.GetRunAsync(run.Id, Cancellation)).Params[0].Value);
        Assert.Contains(db.Warnings, warning => warning.Message.Contains("'faces' was cut to 6000", StringComparison.Ordinal) && warning.RunId == run.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Renaming_a_run_keeps_its_tag_in_step_and_the_other_way_round(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();

        await db.Store.UpdateRunAsync(run.Id, new RunUpdate { Name = "second" }, Cancellation);
        Assert.Contains(new Tag(MlflowTags.RunName, "second"), (await db.Store.GetRunAsync(run.Id, Cancellation)).Tags);

        await db.Store.SetTagAsync(run.Id, MlflowTags.RunName, "third", Cancellation);
        Assert.Equal("third", (await db.Store.GetRunAsync(run.Id, Cancellation)).Name);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_deleted_run_takes_nothing_until_it_is_restored(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();

        await db.Store.DeleteRunAsync(run.Id, Cancellation);
        await Assert.ThrowsAsync<MlflowException>(() => db.Store.LogMetricAsync(run.Id, new("m", 1, 1), Cancellation));
        Assert.Equal(LifecycleStage.Deleted, (await db.Store.GetRunAsync(run.Id, Cancellation)).Stage);

        await db.Store.RestoreRunAsync(run.Id, Cancellation);
        await db.Store.LogMetricAsync(run.Id, new("m", 1, 1), Cancellation);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Deleting_an_experiment_deletes_its_runs_and_asking_for_it_again_restores_both(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();

        await db.Store.DeleteExperimentAsync(run.ExperimentId, Cancellation);
        Assert.Equal(LifecycleStage.Deleted, (await db.Store.GetRunAsync(run.Id, Cancellation)).Stage);
        Assert.Empty((await db.Store.SearchExperimentsAsync(new ExperimentQuery { Filter = "name = 'sweeps'" }, Cancellation)).Items);

        Assert.Equal(run.ExperimentId, (await db.Store.GetOrCreateExperimentAsync("sweeps", Cancellation)).Id);
        Assert.Equal(LifecycleStage.Active, (await db.Store.GetRunAsync(run.Id, Cancellation)).Stage);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Dataset_inputs_are_read_back_once_however_often_they_are_logged(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();
        var input = new DatasetInput { Name = "MELD-DA", Digest = "abc123", Context = "training", Profile = """{"num_rows": 9989}""" };

        await db.Store.LogInputsAsync(run.Id, [input], Cancellation);
        await db.Store.LogInputsAsync(run.Id, [input], Cancellation);

        Assert.Equal([input], (await db.Store.GetRunAsync(run.Id, Cancellation)).Inputs);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_unknown_run_and_an_unknown_experiment_are_said_to_be_missing(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await Assert.ThrowsAsync<MlflowException>(() => db.Store.GetRunAsync(new string('0', 32), Cancellation));
        var experiment = await Assert.ThrowsAsync<MlflowException>(() => db.Store.GetExperimentAsync("77", Cancellation));

        Assert.Equal(MlflowErrorCode.ResourceDoesNotExist, run.ErrorCode);
        Assert.Equal(MlflowErrorCode.ResourceDoesNotExist, experiment.ErrorCode);
        Assert.Null(await db.Store.FindExperimentAsync("nobody", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Artifacts_are_listed_and_come_back_as_they_went(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();

        await db.Store.UploadArtifactAsync(run.Id, "logs/a b é.txt", new MemoryStream("hello"u8.ToArray()), Cancellation);
        await db.Store.UploadArtifactAsync(run.Id, "logs/empty", new MemoryStream(), Cancellation);
        await db.Store.UploadArtifactAsync(run.Id, "results.csv", new MemoryStream("a,b\n"u8.ToArray()), Cancellation);

        Assert.Equal(
            [new ArtifactEntry("logs", true, null), new ArtifactEntry("results.csv", false, 4)],
            await db.Store.ListArtifactsAsync(run.Id, cancellationToken: Cancellation));
        Assert.Equal(
            [new ArtifactEntry("logs/a b é.txt", false, 5), new ArtifactEntry("logs/empty", false, 0)],
            await db.Store.ListArtifactsAsync(run.Id, "logs", Cancellation));
        Assert.Empty(await db.Store.ListArtifactsAsync(run.Id, "nowhere", Cancellation));
        await using (var content = await db.Store.OpenArtifactAsync(run.Id, "logs/a b é.txt", Cancellation))
        {
            Assert.Equal("hello", await new StreamReader(content).ReadToEndAsync(Cancellation));
        }

        await db.Store.DeleteArtifactAsync(run.Id, "logs/a b é.txt", Cancellation);
        var e = await Assert.ThrowsAsync<MlflowException>(() => db.Store.OpenArtifactAsync(run.Id, "logs/a b é.txt", Cancellation));
        Assert.Equal(MlflowErrorCode.ResourceDoesNotExist, e.ErrorCode);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_artifact_path_that_servers_alter_is_refused(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();

        var e = await Assert.ThrowsAsync<MlflowException>(
            () => db.Store.UploadArtifactAsync(run.Id, "a#b.txt", new MemoryStream(), Cancellation));

        Assert.Equal(MlflowErrorCode.InvalidParameterValue, e.ErrorCode);
        Assert.Contains("'#'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_batch_of_any_size_is_logged_whole(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync();

        await db.Store.LogBatchAsync(
            run.Id,
            new RunBatch
            {
                Metrics = [.. Enumerable.Range(0, 2500).Select(i => new MetricPoint("loss", i, 1000 + i, i))],
                Params = [.. Enumerable.Range(0, 250).Select(i => new Param($"p{i}", "1"))],
                Tags = [.. Enumerable.Range(0, 101).Select(i => new Tag($"t{i}", "1"))],
            },
            Cancellation);

        var read = await db.Store.GetRunAsync(run.Id, Cancellation);
        Assert.Equal(250, read.Params.Count);
        Assert.Equal(101, read.Tags.Count(tag => tag.Key.StartsWith('t')));
        var history = await db.Store.GetMetricHistoryAsync(run.Id, "loss", Cancellation);
        Assert.Equal(Enumerable.Range(0, 2500).Select(i => (double)i), history.Select(point => point.Value));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Deleting_a_tag_twice_is_as_good_as_once(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var run = await db.NewRunAsync(new Tag("a", "1"));

        await db.Store.DeleteTagAsync(run.Id, "a", Cancellation);
        await db.Store.DeleteTagAsync(run.Id, "a", Cancellation);

        Assert.DoesNotContain((await db.Store.GetRunAsync(run.Id, Cancellation)).Tags, tag => tag.Key == "a");
        await Assert.ThrowsAsync<MlflowException>(() => db.Store.DeleteTagAsync(new string('0', 32), "a", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Experiments_are_tagged_renamed_found_and_deleted_however_often(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var id = await db.Store.CreateExperimentAsync(new NewExperiment { Name = "a/b:c é", Tags = [new Tag("team", "x")] }, Cancellation);

        await db.Store.SetExperimentTagAsync(id, new Tag(MlflowTags.Note, "# note"), Cancellation);
        await db.Store.RenameExperimentAsync(id, "b", Cancellation);
        var found = await db.Store.SearchExperimentsAsync(new ExperimentQuery { Filter = "tags.team = 'x' AND name LIKE 'b%'" }, Cancellation);
        await db.Store.DeleteExperimentAsync(id, Cancellation);
        await db.Store.DeleteExperimentAsync(id, Cancellation);

        Assert.Equal("b", Assert.Single(found.Items).Name);
        Assert.Equal([new Tag("team", "x"), new Tag(MlflowTags.Note, "# note")], found.Items[0].Tags);
        Assert.Equal(LifecycleStage.Deleted, (await db.Store.FindExperimentAsync("b", Cancellation))!.Stage);
        var e = await Assert.ThrowsAsync<MlflowException>(() => db.Store.CreateExperimentAsync(new NewExperiment { Name = "b" }, Cancellation));
        Assert.Equal(MlflowErrorCode.ResourceAlreadyExists, e.ErrorCode);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Runs_are_found_by_filter_in_order_and_by_pages(string kind)
    {
        await using var db = await StoreFixture.CreateAsync(kind);
        var parent = await db.NewRunAsync();
        for (var workers = 0; workers < 5; workers++)
        {
            var run = await db.NewRunAsync(new Tag(MlflowTags.ParentRunId, parent.Id));
            await db.Store.LogBatchAsync(
                run.Id, new RunBatch { Params = [new("num_workers", $"{workers}")], Metrics = [new("samples_per_second", workers, 1)] }, Cancellation);
        }

        var query = new RunQuery
        {
            ExperimentIds = [parent.ExperimentId],
            Filter = $"tags.`mlflow.parentRunId` = '{parent.Id}' and metrics.samples_per_second > 0",
            OrderBy = ["metrics.samples_per_second DESC"],
            MaxResults = 3,
        };
        var names = new List<string>();
        await foreach (var run in db.Store.SearchAllRunsAsync(query, Cancellation))
        {
            names.Add(run.Params[0].Value);
        }

        Assert.Equal(["4", "3", "2", "1"], names);
    }
}
