using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Outbox;
using Experiments.Mlflow.Tests.Double;

namespace Experiments.Mlflow.Tests.Outbox;

public sealed class MlflowOutboxTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_run_arrives_with_all_that_belongs_to_it()
    {
        await using var world = await OutboxFixture.CreateAsync();
        await File.WriteAllTextAsync(world.File("results.csv"), "a,b\n", Cancellation);
        await using var outbox = world.Open();

        outbox.SetExperimentTag(new Tag(MlflowTags.PrimaryMetric, "samples_per_second"));
        outbox.StartRun(new OutboxRun { Key = "sweep", Name = "sweep" });
        outbox.StartRun(new OutboxRun { Key = "trial", ParentKey = "sweep", Name = "w4 #1", Tags = [new("a", "1")] });
        outbox.Log("trial", new RunBatch { Params = [new("num_workers", "4")], Metrics = [new("loss", 0.5, 1), new("loss", double.NaN, 2, 1)] });
        outbox.LogInputs("trial", [new DatasetInput { Name = "MELD-DA", Digest = "1" }]);
        outbox.Upload("trial", world.File("results.csv"));
        outbox.EndRun("trial", RunStatus.Failed, DateTimeOffset.FromUnixTimeMilliseconds(99));
        Assert.True(await outbox.FlushAsync(Long, Cancellation));

        var trial = await world.Store.GetRunAsync(outbox.FindRunId("trial")!, Cancellation);
        Assert.Equal((RunStatus.Failed, 99), (trial.Status, trial.EndTimeMs));
        Assert.Contains(new Tag(MlflowTags.ParentRunId, outbox.FindRunId("sweep")!), trial.Tags);
        Assert.Equal([new Param("num_workers", "4")], trial.Params);
        Assert.Equal("MELD-DA", Assert.Single(trial.Inputs).Name);
        Assert.Equal(2, (await world.Store.GetMetricHistoryAsync(trial.Id, "loss", Cancellation)).Count);
        Assert.Equal("results.csv", Assert.Single(await world.Store.ListArtifactsAsync(trial.Id, cancellationToken: Cancellation)).Path);
        Assert.Equal((2, 0), (outbox.Status.DeliveredPoints, outbox.Status.RejectedOperations));
        Assert.False(outbox.Status.IsPending);
    }

    [Fact]
    public async Task What_is_kept_survives_and_a_run_that_ended_can_go_on()
    {
        await using var world = await OutboxFixture.CreateAsync();
        await world.Server.StopAsync();
        await using (var first = world.Open(TimeSpan.Zero))
        {
            first.StartRun(new OutboxRun { Key = "sweep", Name = "sweep" });
            first.EndRun("sweep", RunStatus.Killed);
            Assert.True(await first.KeepAsync(Long, Cancellation));
            Assert.Contains("Killed", string.Concat(Directory.GetFiles(world.Folder, "segment-*").Select(ReadShared)), StringComparison.OrdinalIgnoreCase);
        }

        await world.Server.StartAsync();
        await using var second = world.Open();
        second.StartRun(new OutboxRun { Key = "sweep", Name = "sweep" });
        second.ReopenRun("sweep");
        Assert.True(await second.FlushAsync(Long, Cancellation));

        Assert.Equal(RunStatus.Running, (await world.Store.GetRunAsync(second.FindRunId("sweep")!, Cancellation)).Status);
        Assert.Single(world.Runs);
    }

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    [Fact]
    public async Task Logging_never_waits_for_a_server_that_hangs()
    {
        await using var world = await OutboxFixture.CreateAsync();
        var answer = new TaskCompletionSource();
        world.Server.OnRequest = async _ =>
        {
            await answer.Task;
            return Mischief.None;
        };
        await using var outbox = world.Open();

        outbox.StartRun(new OutboxRun { Key = "trial", Name = "trial" });
        for (var i = 0; i < 100_000; i++)
        {
            outbox.Log("trial", new MetricPoint("m", i, i, i));
        }

        outbox.EndRun("trial");
        Assert.Empty(world.Runs);
        answer.SetResult();
        Assert.True(await outbox.FlushAsync(Long, Cancellation));
        Assert.Equal(100_000, world.Runs.Single().Points.Count);
        Assert.Equal("FINISHED", world.Runs.Single().Status);
    }

    [Fact]
    public async Task What_a_server_that_is_down_could_not_take_is_sent_by_the_next_outbox()
    {
        await using var world = await OutboxFixture.CreateAsync();
        await world.Server.StopAsync();
        await using (var first = world.Open(closeTimeout: TimeSpan.Zero))
        {
            first.StartRun(new OutboxRun { Key = "trial", Name = "trial" });
            first.Log("trial", new MetricPoint("m", 1, 1));
            first.EndRun("trial");
        }

        await world.Server.StartAsync();
        await using var second = world.Open();
        Assert.True(await second.FlushAsync(Long, Cancellation));

        Assert.Equal("FINISHED", world.Runs.Single().Status);
        Assert.Single(world.Runs.Single().Points);
    }

    [Fact]
    public async Task Everything_sent_again_changes_nothing()
    {
        await using var world = await OutboxFixture.CreateAsync();
        for (var round = 0; round < 2; round++)
        {
            await using var outbox = world.Open();
            outbox.StartRun(new OutboxRun { Key = "trial", Name = "trial", StartTimeMs = 5 });
            outbox.Log("trial", new RunBatch { Metrics = [new("m", 1, 1), new("m", double.NaN, 2, 1)], Params = [new("p", "1")] });
            outbox.EndRun("trial", RunStatus.Finished, DateTimeOffset.FromUnixTimeMilliseconds(9));
        }

        Assert.Equal(2, world.Runs.Single().Points.Count);
        Assert.Equal(9, world.Runs.Single().EndTime);
        Assert.Empty(world.Warnings);
    }

    [Fact]
    public async Task A_run_started_by_an_earlier_process_is_found_by_its_key()
    {
        await using var world = await OutboxFixture.CreateAsync();
        await using (var first = world.Open())
        {
            first.StartRun(new OutboxRun { Key = "trial", Name = "trial" });
        }

        await using (var second = world.Open())
        {
            second.EndRun("trial", RunStatus.Killed);
        }

        Assert.Equal("KILLED", world.Runs.Single().Status);
    }

    [Fact]
    public async Task What_is_refused_is_put_aside_alone_and_the_rest_arrives()
    {
        await using var world = await OutboxFixture.CreateAsync();
        await using (var outbox = world.Open())
        {
            outbox.StartRun(new OutboxRun { Key = "trial", Name = "trial" });
            outbox.Log("trial", new RunBatch { Params = [new("p", "1")] });
            await outbox.FlushAsync(Long, Cancellation);
            outbox.Log("trial", new RunBatch { Metrics = [new("m", 1, 1), new("bad#key", 1, 1)], Params = [new("p", "2"), new("q", "1")], Tags = [new("t", "1")] });
            outbox.Upload("trial", world.File("gone.txt"));
            outbox.EndRun("trial");
            await outbox.FlushAsync(Long, Cancellation);
            Assert.Equal(2, outbox.Status.RejectedOperations);
        }

        var run = world.Runs.Single();
        Assert.Equal(("1", "1", "1"), (run.Params["p"], run.Params["q"], run.Tags["t"]));
        Assert.Single(run.Points);
        Assert.Equal("FINISHED", run.Status);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(world.Folder, "rejected.jsonl"), Cancellation)).Length);
        Assert.Contains(world.Warnings, warning => warning.Message.Contains("'bad#key'", StringComparison.Ordinal));
        Assert.Contains(world.Warnings, warning => warning.Message.Contains("gone.txt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_operation_at_which_a_server_fails_for_ever_does_not_hold_up_the_rest()
    {
        await using var world = await OutboxFixture.CreateAsync();
        world.Server.OnRequest = context => Task.FromResult(
            context.Request.Path.Value!.EndsWith("log-inputs", StringComparison.Ordinal) ? Mischief.InternalError : Mischief.None);
        await using var outbox = world.Open();

        outbox.StartRun(new OutboxRun { Key = "trial", Name = "trial" });
        outbox.LogInputs("trial", [new DatasetInput { Name = "x", Digest = "1" }]);
        outbox.EndRun("trial");
        Assert.True(await outbox.FlushAsync(Long, Cancellation));

        Assert.Equal("FINISHED", world.Runs.Single().Status);
        Assert.Equal(1, outbox.Status.RejectedOperations);
    }

    [Fact]
    public async Task Failures_of_an_outage_do_not_count_towards_a_refusal()
    {
        // An outage before, four failures inside the server, another outage, four more: never five in a row.
        Mischief[] replies =
        [
            .. Enumerable.Repeat(Mischief.TooManyRequests, 6), .. Enumerable.Repeat(Mischief.InternalError, 4),
            Mischief.CutBefore, .. Enumerable.Repeat(Mischief.InternalError, 4),
        ];
        await using var world = await OutboxFixture.CreateAsync(retries: 0);
        var asked = 0;
        world.Server.OnRequest = context => Task.FromResult(
            context.Request.Path.Value!.EndsWith("log-inputs", StringComparison.Ordinal) && asked < replies.Length ? replies[asked++] : Mischief.None);
        await using var outbox = world.Open();

        outbox.StartRun(new OutboxRun { Key = "trial", Name = "trial" });
        outbox.LogInputs("trial", [new DatasetInput { Name = "x", Digest = "1" }]);
        Assert.True(await outbox.FlushAsync(Long, Cancellation));

        Assert.Equal((replies.Length, 0), (asked, outbox.Status.RejectedOperations));
        Assert.Single(world.Runs.Single().Inputs);
    }

    [Fact]
    public async Task A_description_is_replaced_until_a_person_changes_it()
    {
        await using var world = await OutboxFixture.CreateAsync();
        await using var outbox = world.Open();
        Assert.StartsWith("first", await NoteAsync("first"), StringComparison.Ordinal);
        var second = await NoteAsync(new string('ä', 6000)); // longer than a store takes
        Assert.Equal(5000, second.Length);

        await world.Store.SetExperimentTagAsync(outbox.ExperimentId!, new Tag(MlflowTags.Note, "Mind the GPU.\n\n" + second[100..]), Cancellation);
        Assert.StartsWith("Mind the GPU.", await NoteAsync("third"), StringComparison.Ordinal);

        await world.Store.SetExperimentTagAsync(outbox.ExperimentId!, new Tag(MlflowTags.Note, ""), Cancellation);
        Assert.StartsWith("fourth", await NoteAsync("fourth"), StringComparison.Ordinal);
        Assert.Equal(0, outbox.Status.RejectedOperations);

        async Task<string> NoteAsync(string note)
        {
            outbox.SetExperimentNote(note);
            Assert.True(await outbox.FlushAsync(Long, Cancellation));
            return world.Server.State.Experiments[outbox.ExperimentId!].Tags[MlflowTags.Note];
        }
    }

    [Fact]
    public async Task Wrong_credentials_lose_nothing()
    {
        await using var world = await OutboxFixture.CreateAsync();
        world.Server.Credentials = "a:b";
        await using var outbox = world.Open();

        outbox.StartRun(new OutboxRun { Key = "trial", Name = "trial" });
        Assert.False(await outbox.FlushAsync(TimeSpan.FromMilliseconds(100), Cancellation));
        Assert.Contains("401", outbox.Status.LastError, StringComparison.Ordinal);
        Assert.Equal(MlflowErrorCode.Unauthenticated, outbox.Status.BarredBy);
        Assert.InRange(world.Server.RequestCount, 1, 2); // once by itself, once for the flush: not again and again
        world.Server.Credentials = null;
        Assert.True(await outbox.FlushAsync(Long, Cancellation));

        Assert.Single(world.Runs);
        Assert.Null(outbox.Status.LastError);
    }

    [Fact]
    public async Task A_deleted_experiment_is_not_restored_and_what_was_logged_waits_for_it()
    {
        await using var world = await OutboxFixture.CreateAsync();
        var id = await world.Store.CreateExperimentAsync(new NewExperiment { Name = "sweeps" }, Cancellation);
        await world.Store.DeleteExperimentAsync(id, Cancellation);
        await using var outbox = world.Open();

        outbox.StartRun(new OutboxRun { Key = "trial", Name = "trial" });
        Assert.False(await outbox.FlushAsync(TimeSpan.FromMilliseconds(100), Cancellation));
        Assert.Equal(MlflowErrorCode.ExperimentDeleted, outbox.Status.BarredBy);
        Assert.Equal(LifecycleStage.Deleted, (await world.Store.GetExperimentAsync(id, Cancellation)).Stage);

        await world.Store.RestoreExperimentAsync(id, Cancellation);
        Assert.True(await outbox.FlushAsync(Long, Cancellation));
        Assert.Equal(id, Assert.Single(world.Runs).ExperimentId);
        Assert.Null(outbox.Status.BarredBy);
    }
}
