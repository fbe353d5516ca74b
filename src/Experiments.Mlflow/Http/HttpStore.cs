using Experiments.Mlflow.Artifacts;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Http.Wire;
using Experiments.Mlflow.Queries;
using Experiments.Mlflow.Search;
using Experiments.Mlflow.Validation;

namespace Experiments.Mlflow.Http;

/// <summary>A tracking server, 2.17 or newer.</summary>
internal sealed class HttpStore : IMlflowStore
{
    private const string Api = "api/2.0/mlflow/";
    private const int HistoryPage = 25_000;
    private readonly RestClient _client;
    private readonly RunCreation _creation;
    private readonly BatchSender _batches;
    private readonly HttpArtifacts _artifacts;
    private readonly HttpArtifacts _artifactsOnce;
    private readonly Action<MlflowWarning>? _onWarning;

    public HttpStore(RestClient client, RestClient onceClient, MlflowOptions options)
    {
        TrackingUri = client.BaseUri.AbsoluteUri.TrimEnd('/');
        _client = client;
        _creation = new RunCreation(this, onceClient, options);
        _batches = new BatchSender(this, client);
        _artifacts = new HttpArtifacts(client);
        _artifactsOnce = new HttpArtifacts(onceClient);
        _onWarning = options.OnWarning;
    }

    public string TrackingUri { get; }

    public Task<string> CreateExperimentAsync(NewExperiment experiment, CancellationToken cancellationToken = default)
    {
        IdRules.CheckExperimentName(experiment.Name);
        return _creation.CreateExperimentAsync(experiment, cancellationToken);
    }

    public async Task<MlflowExperiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        var path = QueryText.Write(Api + "experiments/get", ("experiment_id", experimentId));
        var reply = await _client.GetAsync(path, MlflowJson.Default.ExperimentReply, cancellationToken);
        return FromWire.Experiment(reply.Experiment ?? throw Empty(path));
    }

    public async Task<MlflowExperiment?> FindExperimentAsync(string name, CancellationToken cancellationToken = default)
    {
        var path = QueryText.Write(Api + "experiments/get-by-name", ("experiment_name", name));
        try
        {
            var reply = await _client.GetAsync(path, MlflowJson.Default.ExperimentReply, cancellationToken);
            return FromWire.Experiment(reply.Experiment ?? throw Empty(path));
        }
        catch (MlflowException e) when (e.ErrorCode == MlflowErrorCode.ResourceDoesNotExist)
        {
            return null;
        }
    }

    public async Task<Page<MlflowExperiment>> SearchExperimentsAsync(ExperimentQuery query, CancellationToken cancellationToken = default)
    {
        PageToken.CheckMaxResults(query.MaxResults);
        var request = new SearchRequest
        {
            Filter = query.Filter,
            OrderBy = query.OrderBy,
            ViewType = ToWire.View(query.View),
            MaxResults = query.MaxResults,
            PageToken = query.PageToken,
        };
        var reply = await _client.PostAsync(
            Api + "experiments/search", request, MlflowJson.Default.SearchRequest, MlflowJson.Default.SearchExperimentsReply, cancellationToken);
        return new Page<MlflowExperiment>([.. (reply.Experiments ?? []).Select(FromWire.Experiment)], NotEmpty(reply.NextPageToken));
    }

    public Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default)
    {
        IdRules.CheckExperimentName(newName);
        return _client.PostAsync(
            Api + "experiments/update",
            new RenameExperimentRequest(experimentId, newName),
            MlflowJson.Default.RenameExperimentRequest,
            cancellationToken);
    }

    public Task SetExperimentTagAsync(string experimentId, Tag tag, CancellationToken cancellationToken = default)
    {
        KeyRules.Check("tag", tag.Key);
        TextLimit.CheckLength($"the value of the experiment's tag '{tag.Key}'", tag.Value, TextLimit.ExperimentTagValue);
        return _client.PostAsync(
            Api + "experiments/set-experiment-tag",
            new SetExperimentTagRequest(experimentId, tag.Key, tag.Value),
            MlflowJson.Default.SetExperimentTagRequest,
            cancellationToken);
    }

    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        SetStageAsync("experiments/delete", experimentId, LifecycleStage.Deleted, cancellationToken);

    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        SetStageAsync("experiments/restore", experimentId, LifecycleStage.Active, cancellationToken);

    public Task<MlflowRun> CreateRunAsync(NewRun run, CancellationToken cancellationToken = default) =>
        _creation.CreateRunAsync(run, cancellationToken);

    public async Task<MlflowRun> GetRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        IdRules.CheckRunId(runId);
        var path = QueryText.Write(Api + "runs/get", ("run_id", runId));
        var reply = await _client.GetAsync(path, MlflowJson.Default.RunReply, cancellationToken);
        return FromWire.Run(reply.Run ?? throw Empty(path));
    }

    public Task UpdateRunAsync(string runId, RunUpdate update, CancellationToken cancellationToken = default)
    {
        IdRules.CheckRunId(runId);
        return _client.PostAsync(
            Api + "runs/update",
            new UpdateRunRequest(runId, update.Status is { } status ? Stages.Write(status) : null, update.EndTimeMs, update.Name),
            MlflowJson.Default.UpdateRunRequest,
            cancellationToken);
    }

    public async Task LogBatchAsync(string runId, RunBatch batch, CancellationToken cancellationToken = default)
    {
        IdRules.CheckRunId(runId);
        foreach (var part in BatchSplitter.Split(BatchRules.Apply(runId, batch, _onWarning)))
        {
            await _batches.SendAsync(runId, part, cancellationToken);
        }
    }

    public async Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default)
    {
        IdRules.CheckRunId(runId);
        try
        {
            await _client.PostAsync(
                Api + "runs/delete-tag",
                new DeleteTagRequest(runId, key),
                MlflowJson.Default.DeleteTagRequest,
                    cancellationToken);
        }
        catch (MlflowException e) when (e.ErrorCode == MlflowErrorCode.ResourceDoesNotExist)
        {
            // Either the tag is gone already, which is what was wanted, or there is no such run, which this says.
            _ = await GetRunAsync(runId, cancellationToken);
        }
    }

    public Task LogInputsAsync(string runId, IReadOnlyList<DatasetInput> inputs, CancellationToken cancellationToken = default)
    {
        IdRules.CheckRunId(runId);
        foreach (var input in inputs)
        {
            IdRules.CheckDataset(input);
        }

        return _client.PostAsync(
            Api + "runs/log-inputs",
            new LogInputsRequest(runId, [.. inputs.Select(ToWire.Input)]),
            MlflowJson.Default.LogInputsRequest,
            cancellationToken);
    }

    public async Task<Page<MlflowRun>> SearchRunsAsync(RunQuery query, CancellationToken cancellationToken = default)
    {
        PageToken.CheckMaxResults(query.MaxResults);
        var request = new SearchRequest
        {
            ExperimentIds = query.ExperimentIds,
            Filter = query.Filter,
            OrderBy = query.OrderBy,
            RunViewType = ToWire.View(query.View),
            MaxResults = query.MaxResults,
            PageToken = query.PageToken,
        };
        var reply = await _client.PostAsync(
            Api + "runs/search", request, MlflowJson.Default.SearchRequest, MlflowJson.Default.SearchRunsReply, cancellationToken);
        return new Page<MlflowRun>([.. (reply.Runs ?? []).Select(FromWire.Run)], NotEmpty(reply.NextPageToken));
    }

    public async Task<IReadOnlyList<MetricPoint>> GetMetricHistoryAsync(string runId, string key, CancellationToken cancellationToken = default)
    {
        IdRules.CheckRunId(runId);
        var points = new List<MetricPoint>();
        string? token = null;
        do
        {
            // Without max_results, servers from 3.3 on answer with a page token and no points.
            var path = QueryText.Write(
                Api + "metrics/get-history",
                ("run_id", runId),
                ("metric_key", key),
                ("max_results", HistoryPage.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("page_token", token));
            var reply = await _client.GetAsync(path, MlflowJson.Default.HistoryReply, cancellationToken);
            points.AddRange((reply.Metrics ?? []).Select(FromWire.Point));
            token = reply.Metrics is { Count: > 0 } ? NotEmpty(reply.NextPageToken) : null;
        }
        while (token is not null);
        return points;
    }

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default) =>
        PostRunIdAsync("runs/delete", runId, cancellationToken);

    public Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default) =>
        PostRunIdAsync("runs/restore", runId, cancellationToken);

    public async Task<IReadOnlyList<ArtifactEntry>> ListArtifactsAsync(
        string runId, string? folder = null, CancellationToken cancellationToken = default)
    {
        IdRules.CheckRunId(runId);
        if (folder is not null)
        {
            ArtifactPath.Check(folder);
        }

        var entries = new List<ArtifactEntry>();
        string? token = null;
        do
        {
            var path = QueryText.Write(Api + "artifacts/list", ("run_id", runId), ("path", folder), ("page_token", token));
            var reply = await _client.GetAsync(path, MlflowJson.Default.ListArtifactsReply, cancellationToken);
            entries.AddRange((reply.Files ?? []).Select(FromWire.File));
            token = NotEmpty(reply.NextPageToken);
        }
        while (token is not null);
        return entries;
    }

    public async Task UploadArtifactAsync(string runId, string path, Stream content, CancellationToken cancellationToken = default)
    {
        ArtifactPath.Check(path);
        await _artifacts.UploadAsync(await FindArtifactUriAsync(runId, cancellationToken), path, content, cancellationToken);
    }

    public async Task<Stream> OpenArtifactAsync(string runId, string path, CancellationToken cancellationToken = default)
    {
        ArtifactPath.Check(path);
        var artifactUri = await FindArtifactUriAsync(runId, cancellationToken);
        try
        {
            return await _artifactsOnce.OpenAsync(artifactUri, path, cancellationToken);
        }
        catch (MlflowException e) when (e.IsTransient)
        {
            // Servers of 2.x answer 500 for what is not there; the list of the folder knows.
            var folder = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : null;
            if ((await ListArtifactsAsync(runId, folder, cancellationToken)).All(entry => entry.Path != path || entry.IsFolder))
            {
                throw new MlflowException(MlflowErrorCode.ResourceDoesNotExist, $"no artifact '{path}' in the run {runId}", e);
            }

            return await _artifacts.OpenAsync(artifactUri, path, cancellationToken);
        }
    }

    public async Task DeleteArtifactAsync(string runId, string path, CancellationToken cancellationToken = default)
    {
        ArtifactPath.Check(path);
        await _artifacts.DeleteAsync(await FindArtifactUriAsync(runId, cancellationToken), path, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _creation.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> FindArtifactUriAsync(string runId, CancellationToken cancellationToken) =>
        (await GetRunAsync(runId, cancellationToken)).ArtifactUri;

    private async Task SetStageAsync(string call, string experimentId, LifecycleStage stage, CancellationToken cancellationToken)
    {
        try
        {
            await _client.PostAsync(
                Api + call,
                new ExperimentIdMessage(experimentId),
                MlflowJson.Default.ExperimentIdMessage,
                    cancellationToken);
        }
        catch (MlflowException e) when (e.ErrorCode == MlflowErrorCode.ResourceDoesNotExist)
        {
            // Servers say so too when the experiment is in the wanted stage already.
            if ((await GetExperimentAsync(experimentId, cancellationToken)).Stage != stage)
            {
                throw;
            }
        }
    }

    private Task PostRunIdAsync(string call, string runId, CancellationToken cancellationToken)
    {
        IdRules.CheckRunId(runId);
        return _client.PostAsync(
            Api + call, new RunIdMessage(runId), MlflowJson.Default.RunIdMessage, cancellationToken);
    }

    private static string? NotEmpty(string? token) => string.IsNullOrEmpty(token) ? null : token;

    private static MlflowException Empty(string path) =>
        new(MlflowErrorCode.InvalidResponse, $"GET {path}: the reply is empty") { Request = $"GET {path}" };
}
