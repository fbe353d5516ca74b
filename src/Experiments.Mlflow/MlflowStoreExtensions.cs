using System.Runtime.CompilerServices;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;
using Experiments.Shared;

namespace Experiments.Mlflow;

/// <summary>What is often wanted, made of a store's calls.</summary>
public static class MlflowStoreExtensions
{
    /// <summary>Finds an experiment by name or creates it, also when another process does so at the same time; restores it if it is deleted.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name; null: that in <c>MLFLOW_EXPERIMENT_NAME</c>, and without it <c>Default</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The experiment.</returns>
    public static async Task<MlflowExperiment> GetOrCreateExperimentAsync(
        this IMlflowStore store, string? name = null, CancellationToken cancellationToken = default)
    {
        name ??= Environment.GetEnvironmentVariable("MLFLOW_EXPERIMENT_NAME") is { Length: > 0 } given ? given : "Default";
        var found = await store.FindExperimentAsync(name, cancellationToken);
        if (found is null)
        {
            try
            {
                var id = await store.CreateExperimentAsync(new NewExperiment { Name = name }, cancellationToken);
                return await store.GetExperimentAsync(id, cancellationToken);
            }
            catch (MlflowException e) when (e.ErrorCode == MlflowErrorCode.ResourceAlreadyExists)
            {
                found = await store.FindExperimentAsync(name, cancellationToken);
                if (found is null)
                {
                    throw;
                }
            }
        }

        if (found.Stage == LifecycleStage.Deleted)
        {
            await store.RestoreExperimentAsync(found.Id, cancellationToken);
            found = found with { Stage = LifecycleStage.Active };
        }

        return found;
    }

    /// <summary>Logs one metric point. Many points belong in <see cref="IMlflowStore.LogBatchAsync"/> or a <c>RunLogger</c>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="point">The point.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    public static Task LogMetricAsync(this IMlflowStore store, string runId, MetricPoint point, CancellationToken cancellationToken = default) =>
        store.LogBatchAsync(runId, new RunBatch { Metrics = [point] }, cancellationToken);

    /// <summary>Logs one param.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="key">The param's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    public static Task LogParamAsync(
        this IMlflowStore store, string runId, string key, string value, CancellationToken cancellationToken = default) =>
        store.LogBatchAsync(runId, new RunBatch { Params = [new Param(key, value)] }, cancellationToken);

    /// <summary>Sets one tag of a run.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="key">The tag's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    public static Task SetTagAsync(
        this IMlflowStore store, string runId, string key, string value, CancellationToken cancellationToken = default) =>
        store.LogBatchAsync(runId, new RunBatch { Tags = [new Tag(key, value)] }, cancellationToken);

    /// <summary>Ends a run.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="endTime">When it ended; null means now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    public static Task EndRunAsync(
        this IMlflowStore store,
        string runId,
        RunStatus status = RunStatus.Finished,
        DateTimeOffset? endTime = null,
        CancellationToken cancellationToken = default) =>
        store.UpdateRunAsync(
            runId,
            new RunUpdate { Status = status, EndTimeMs = (endTime ?? DateTimeOffset.UtcNow).ToUnixTimeMilliseconds() },
            cancellationToken);

    /// <summary>Searches runs, page after page.</summary>
    /// <param name="store">The store.</param>
    /// <param name="query">What to look for; its page token is where to begin.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>All runs found.</returns>
    public static async IAsyncEnumerable<MlflowRun> SearchAllRunsAsync(
        this IMlflowStore store, RunQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        do
        {
            var page = await store.SearchRunsAsync(query, cancellationToken);
            foreach (var run in page.Items)
            {
                yield return run;
            }

            query = query with { PageToken = page.NextPageToken };
        }
        while (query.PageToken is not null);
    }

    /// <summary>Uploads a file as an artifact.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="file">The local file.</param>
    /// <param name="path">The artifact's path; null: the file's name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    /// <exception cref="IOException">The file is not there, is no plain file, or may not be read.</exception>
    public static async Task UploadFileAsync(
        this IMlflowStore store, string runId, string file, string? path = null, CancellationToken cancellationToken = default)
    {
        await using var content = PlainFile.TryOpen(file) ?? throw new FileNotFoundException($"the file '{file}' is not there", file);
        await store.UploadArtifactAsync(runId, path ?? Path.GetFileName(file), content, cancellationToken);
    }

    /// <summary>Downloads an artifact into a file, written to a temporary name and then moved.</summary>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="path">The artifact's path.</param>
    /// <param name="file">The local file; one that exists is replaced.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    public static async Task DownloadFileAsync(
        this IMlflowStore store, string runId, string path, string file, CancellationToken cancellationToken = default)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var content = await store.OpenArtifactAsync(runId, path, cancellationToken))
            await using (var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
            {
                await content.CopyToAsync(target, cancellationToken);
            }

            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
