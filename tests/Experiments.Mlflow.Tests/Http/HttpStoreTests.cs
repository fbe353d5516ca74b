using System.Net;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Tests.Double;
using Experiments.Mlflow.Tests.Stores;
using Microsoft.AspNetCore.Http;

namespace Experiments.Mlflow.Tests.Http;

/// <summary>How the client bears what servers, proxies and networks do.</summary>
public sealed class HttpStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_body_has_a_length_for_a_chunked_one_is_lost()
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        var chunked = new List<string>();
        world.Server.OnRequest = context =>
        {
            if (context.Request.Headers.TransferEncoding.Count > 0 || (context.Request.Method is "POST" or "PUT" && context.Request.ContentLength is null))
            {
                chunked.Add(context.Request.Path);
            }

            return Task.FromResult(Mischief.None);
        };

        var run = await world.NewRunAsync(new Tag("a", "1"));
        await world.Store.LogMetricAsync(run.Id, new("m", 1, 1), Cancellation);
        await world.Store.UploadArtifactAsync(run.Id, "a.txt", new MemoryStream("hello"u8.ToArray()), Cancellation);
        await world.Store.UploadArtifactAsync(run.Id, "b.txt", new UnseekableStream("hello"u8.ToArray()), Cancellation);

        Assert.Empty(chunked);
        Assert.Equal([5L, 5L], (await world.Store.ListArtifactsAsync(run.Id, cancellationToken: Cancellation)).Select(entry => entry.SizeBytes));
    }

    [Theory]
    [InlineData(Mischief.CutBefore)]
    [InlineData(Mischief.CutAfter)]
    [InlineData(Mischief.InternalError)]
    [InlineData(Mischief.TooManyRequests)]
    [InlineData(Mischief.UnavailableAfter)]
    internal async Task A_call_that_fails_once_is_repeated_and_nothing_is_doubled(Mischief mischief)
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        var seen = new HashSet<string>();
        world.Server.OnRequest = context => Task.FromResult(seen.Add(context.Request.Method + context.Request.Path) ? mischief : Mischief.None);

        var run = await world.NewRunAsync(new Tag("a", "1"));
        await world.Store.LogBatchAsync(
            run.Id, new RunBatch { Metrics = [new("m", double.NaN, 1), new("m", 1, 2)], Params = [new("p", "1")] }, Cancellation);
        await world.Store.DeleteTagAsync(run.Id, "a", Cancellation);
        await world.Store.UploadArtifactAsync(run.Id, "a.txt", new MemoryStream("hello"u8.ToArray()), Cancellation);
        await world.Store.EndRunAsync(run.Id, cancellationToken: Cancellation);
        await world.Store.DeleteExperimentAsync(run.ExperimentId, Cancellation);
        await world.Store.RestoreExperimentAsync(run.ExperimentId, Cancellation);

        var kept = Assert.Single(world.Server.State.Runs.Values);
        Assert.Equal(2, world.Server.State.Experiments.Count);
        Assert.Equal(2, kept.Points.Count);
        Assert.Equal(("FINISHED", "active"), (kept.Status, kept.Stage));
        Assert.Equal(5, (await world.Store.ListArtifactsAsync(run.Id, cancellationToken: Cancellation)).Single().SizeBytes);
    }

    [Fact]
    public async Task A_call_is_given_up_after_its_tries_with_an_error_that_says_all()
    {
        await using var world = await StoreFixture.CreateAsync("3.11", StoreFixture.Quick with { MaxRetries = 3 });
        var requests = 0;
        world.Server.OnRequest = _ =>
        {
            requests++;
            return Task.FromResult(Mischief.InternalError);
        };

        var e = await Assert.ThrowsAsync<MlflowException>(() => world.Store.GetExperimentAsync("0", Cancellation));

        Assert.Equal(4, requests);
        Assert.Equal((HttpStatusCode.InternalServerError, MlflowErrorCode.InternalError, true), (e.StatusCode, e.ErrorCode, e.IsTransient));
        Assert.Equal("GET /api/2.0/mlflow/experiments/get", e.Request);
        Assert.Contains("<h1>500</h1>", e.ServerMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_call_is_not_repeated_and_the_error_carries_the_servers_words()
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        var before = world.Server.RequestCount;

        var e = await Assert.ThrowsAsync<MlflowException>(() => world.Store.GetExperimentAsync("987654321", Cancellation));

        Assert.Equal(1, world.Server.RequestCount - before);
        Assert.Equal((HttpStatusCode.NotFound, MlflowErrorCode.ResourceDoesNotExist, false), (e.StatusCode, e.ErrorCode, e.IsTransient));
        Assert.Equal("No Experiment with id=987654321 exists", e.ServerMessage);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_to_be_out_of_reach()
    {
        await using var store = MlflowStore.Open(new MlflowOptions
        {
            TrackingUri = "http://user:secret@127.0.0.1:9",
            Retry = StoreFixture.Quick with { MaxRetries = 1 },
        });

        var e = await Assert.ThrowsAsync<MlflowException>(() => store.GetExperimentAsync("0", Cancellation));

        Assert.Equal((MlflowErrorCode.TemporarilyUnavailable, true), (e.ErrorCode, e.IsTransient));
        Assert.Contains("http://127.0.0.1:9", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
        Assert.Equal("http://127.0.0.1:9", store.TrackingUri);
    }

    [Theory]
    [InlineData(200, "text/html", "<html>please log in</html>", MlflowErrorCode.InvalidResponse, "is it an MLflow server")]
    [InlineData(401, "text/plain", "who are you", MlflowErrorCode.Unauthenticated, "MLFLOW_TRACKING_USERNAME")]
    [InlineData(403, "text/plain", "Invalid Host header", MlflowErrorCode.PermissionDenied, "Invalid Host header")]
    [InlineData(404, "text/html", "<h1>Not Found</h1>", MlflowErrorCode.InvalidResponse, "Not Found")]
    [InlineData(301, "text/html", "", MlflowErrorCode.InvalidResponse, "redirects to https://elsewhere")]
    public async Task A_reply_that_is_not_mlflows_is_an_error_that_helps(int status, string type, string text, string code, string hint)
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        world.Server.OnAnswer = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            context.Response.Headers.Location = "https://elsewhere";
            await context.Response.WriteAsync(text);
        };

        var e = await Assert.ThrowsAsync<MlflowException>(() => world.Store.GetExperimentAsync("0", Cancellation));

        Assert.Equal((code, false), (e.ErrorCode, e.IsTransient));
        Assert.Contains(hint, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_experiment_that_another_process_makes_meanwhile_is_taken()
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        world.Server.OnRequest = context =>
        {
            if (context.Request.Path.Value!.EndsWith("experiments/create", StringComparison.Ordinal))
            {
                world.Server.State.Experiments.TryAdd("7", new ServerExperiment { Id = "7", Name = "sweeps", ArtifactLocation = "mlflow-artifacts:/7" });
            }

            return Task.FromResult(Mischief.None);
        };

        Assert.Equal("7", (await world.Store.GetOrCreateExperimentAsync("sweeps", Cancellation)).Id);
    }

    [Fact]
    public async Task A_history_longer_than_a_page_is_read_whole()
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        var run = await world.NewRunAsync();
        await world.Store.LogBatchAsync(
            run.Id, new RunBatch { Metrics = [.. Enumerable.Range(0, 60_001).Select(i => new MetricPoint("m", i, i, i))] }, Cancellation);

        Assert.Equal(60_001, (await world.Store.GetMetricHistoryAsync(run.Id, "m", Cancellation)).Count);
    }

    [Fact]
    public async Task A_server_behind_a_path_is_called_there()
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        string? path = null;
        world.Server.OnAnswer = async context =>
        {
            path = context.Request.Path;
            await context.Response.WriteAsync("{}");
        };
        await using var store = MlflowStore.Open(new MlflowOptions { TrackingUri = $"{world.Server.Address}/team/mlflow/", Retry = StoreFixture.Quick });

        await store.DeleteRunAsync(new string('a', 32), Cancellation);

        Assert.Equal("/team/mlflow/api/2.0/mlflow/runs/delete", path);
    }

    [Fact]
    public async Task A_local_artifact_location_of_a_server_is_written_directly()
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        using var folder = new TemporaryFolder();
        var experiment = await world.Store.CreateExperimentAsync(new NewExperiment { Name = "local", ArtifactLocation = folder.FullName }, Cancellation);
        var run = await world.Store.CreateRunAsync(new NewRun { ExperimentId = experiment }, Cancellation);

        await world.Store.UploadArtifactAsync(run.Id, "a/b.txt", new MemoryStream("hello"u8.ToArray()), Cancellation);

        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(folder.FullName, run.Id, "artifacts", "a", "b.txt"), Cancellation));
    }

    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }
    }
}
