using Experiments.Mlflow.Artifacts;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;
using Experiments.Mlflow.Validation;

namespace Experiments.Mlflow.Sqlite;

/// <summary>
/// MLflow's tables, written directly. Works on a database that a newer MLflow has upgraded, and beside servers and other writers.
/// </summary>
internal sealed class SqliteStore : IMlflowStore
{
    private readonly SqliteDatabase _database;
    private readonly ExperimentTable _experiments;
    private readonly RunTable _runs;
    private readonly Action<MlflowWarning>? _onWarning;

    public SqliteStore(string path, MlflowOptions options)
    {
        var artifactRoot = Path.GetFullPath(options.ArtifactRoot ?? Path.Combine(Path.GetDirectoryName(path)!, "mlartifacts"));
        var schema = new SchemaSetup(path, artifactRoot, options.TimeProvider);
        TrackingUri = SqliteUri.For(path);
        _database = new SqliteDatabase(path, schema.Prepare);
        _experiments = new ExperimentTable(schema, artifactRoot, options.TimeProvider);
        _runs = new RunTable(options.TimeProvider, options.OnWarning);
        _onWarning = options.OnWarning;
    }

    public string TrackingUri { get; }

    public Task<string> CreateExperimentAsync(NewExperiment experiment, CancellationToken cancellationToken = default)
    {
        IdRules.CheckExperimentName(experiment.Name);
        return _database.WriteAsync(session => _experiments.Create(session, experiment), cancellationToken);
    }

    public Task<MlflowExperiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => ExperimentTable.Get(session, experimentId), cancellationToken);

    public Task<MlflowExperiment?> FindExperimentAsync(string name, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => _experiments.Find(session, name), cancellationToken);

    public Task<Page<MlflowExperiment>> SearchExperimentsAsync(ExperimentQuery query, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => _experiments.Search(session, query), cancellationToken);

    public Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default)
    {
        IdRules.CheckExperimentName(newName);
        return _database.WriteAsync(session => _experiments.Rename(session, experimentId, newName), cancellationToken);
    }

    public Task SetExperimentTagAsync(string experimentId, Tag tag, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => ExperimentTable.SetTag(session, experimentId, tag), cancellationToken);

    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => _experiments.SetStage(session, experimentId, LifecycleStage.Deleted), cancellationToken);

    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => _experiments.SetStage(session, experimentId, LifecycleStage.Active), cancellationToken);

    public Task<MlflowRun> CreateRunAsync(NewRun run, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => _runs.Create(session, run), cancellationToken);

    public Task<MlflowRun> GetRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => RunTable.Get(session, runId), cancellationToken);

    public Task UpdateRunAsync(string runId, RunUpdate update, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => RunTable.Update(session, runId, update), cancellationToken);

    public Task LogBatchAsync(string runId, RunBatch batch, CancellationToken cancellationToken = default)
    {
        var checkedBatch = BatchRules.Apply(runId, batch, _onWarning);
        return _database.WriteAsync(session => BatchWriter.Write(session, runId, checkedBatch), cancellationToken);
    }

    public Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => BatchWriter.DeleteTag(session, runId, key), cancellationToken);

    public Task LogInputsAsync(string runId, IReadOnlyList<DatasetInput> inputs, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => InputTable.Write(session, runId, inputs), cancellationToken);

    public Task<Page<MlflowRun>> SearchRunsAsync(RunQuery query, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => RunTable.Search(session, query), cancellationToken);

    public Task<IReadOnlyList<MetricPoint>> GetMetricHistoryAsync(string runId, string key, CancellationToken cancellationToken = default) =>
        _database.ReadAsync<IReadOnlyList<MetricPoint>>(session => MetricWriter.History(session, runId, key), cancellationToken);

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => _runs.SetStage(session, runId, LifecycleStage.Deleted), cancellationToken);

    public Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => _runs.SetStage(session, runId, LifecycleStage.Active), cancellationToken);

    public async Task<IReadOnlyList<ArtifactEntry>> ListArtifactsAsync(
        string runId, string? folder = null, CancellationToken cancellationToken = default) =>
        (await ArtifactsOfAsync(runId, cancellationToken)).List(folder);

    public async Task UploadArtifactAsync(string runId, string path, Stream content, CancellationToken cancellationToken = default)
    {
        ArtifactPath.Check(path);
        await (await ArtifactsOfAsync(runId, cancellationToken)).WriteAsync(path, content, cancellationToken);
    }

    public async Task<Stream> OpenArtifactAsync(string runId, string path, CancellationToken cancellationToken = default)
    {
        ArtifactPath.Check(path);
        return (await ArtifactsOfAsync(runId, cancellationToken)).Open(path);
    }

    public async Task DeleteArtifactAsync(string runId, string path, CancellationToken cancellationToken = default)
    {
        ArtifactPath.Check(path);
        (await ArtifactsOfAsync(runId, cancellationToken)).Delete(path);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<LocalArtifacts> ArtifactsOfAsync(string runId, CancellationToken cancellationToken)
    {
        var run = await GetRunAsync(runId, cancellationToken);
        return LocalArtifacts.TryGetFolder(run.ArtifactUri) is { } folder
            ? new LocalArtifacts(folder)
            : throw new MlflowException(
                MlflowErrorCode.InvalidParameterValue,
                $"the artifacts of the run {runId} lie at '{run.ArtifactUri}', which only the server that made it can reach");
    }
}
