using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Mlflow;

/// <summary>A place that MLflow keeps experiments and runs in: a tracking server or an SQLite database. Safe for use by many threads.</summary>
/// <remarks>
/// Every call throws <see cref="MlflowException"/> when it fails, and <see cref="OperationCanceledException"/> when cancelled. Every call may be
/// repeated: a repetition changes nothing more.
/// </remarks>
public interface IMlflowStore : IAsyncDisposable
{
    /// <summary>The tracking URI, without credentials.</summary>
    string TrackingUri { get; }

    /// <summary>Creates an experiment.</summary>
    /// <param name="experiment">What to create.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The experiment's id.</returns>
    /// <exception cref="MlflowException"><see cref="MlflowErrorCode.ResourceAlreadyExists"/> if the name is taken, even by a deleted one.</exception>
    Task<string> CreateExperimentAsync(NewExperiment experiment, CancellationToken cancellationToken = default);

    /// <summary>Gets an experiment by its id, deleted ones too.</summary>
    /// <param name="experimentId">The id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The experiment.</returns>
    /// <exception cref="MlflowException"><see cref="MlflowErrorCode.ResourceDoesNotExist"/> if there is none.</exception>
    Task<MlflowExperiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Looks for an experiment by its name, deleted ones too.</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The experiment, or null if there is none.</returns>
    Task<MlflowExperiment?> FindExperimentAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Searches experiments.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One page.</returns>
    Task<Page<MlflowExperiment>> SearchExperimentsAsync(ExperimentQuery query, CancellationToken cancellationToken = default);

    /// <summary>Gives an experiment another name.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="newName">The new name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default);

    /// <summary>Sets a tag of an experiment; its value may have at most 5000 characters.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    Task SetExperimentTagAsync(string experimentId, Tag tag, CancellationToken cancellationToken = default);

    /// <summary>Deletes an experiment and its runs; they can be restored.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Restores a deleted experiment and its runs.</summary>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Creates a run in the state RUNNING, or returns the one created with the same <see cref="NewRun.Key"/> before.</summary>
    /// <param name="run">What to create.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The run.</returns>
    Task<MlflowRun> CreateRunAsync(NewRun run, CancellationToken cancellationToken = default);

    /// <summary>Gets a run, deleted ones too.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The run with its params, tags, inputs and latest metrics.</returns>
    /// <exception cref="MlflowException"><see cref="MlflowErrorCode.ResourceDoesNotExist"/> if there is none.</exception>
    Task<MlflowRun> GetRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Changes a run's state, end or name.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="update">What to change.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    Task UpdateRunAsync(string runId, RunUpdate update, CancellationToken cancellationToken = default);

    /// <summary>Logs metric points, params and tags of any number. Points that are there already stay once.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="batch">What to log.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    /// <exception cref="MlflowException"><see cref="MlflowErrorCode.InvalidParameterValue"/> on a bad key or another value of a param that is there.</exception>
    Task LogBatchAsync(string runId, RunBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Deletes a tag of a run; one that is not there is no error.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">The tag's name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default);

    /// <summary>Says which datasets a run read.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="inputs">The datasets.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    Task LogInputsAsync(string runId, IReadOnlyList<DatasetInput> inputs, CancellationToken cancellationToken = default);

    /// <summary>Searches runs.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One page.</returns>
    Task<Page<MlflowRun>> SearchRunsAsync(RunQuery query, CancellationToken cancellationToken = default);

    /// <summary>Gets all points of a metric, by time, then step, then value.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">The metric's name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The points; empty if there are none.</returns>
    Task<IReadOnlyList<MetricPoint>> GetMetricHistoryAsync(string runId, string key, CancellationToken cancellationToken = default);

    /// <summary>Deletes a run; it can be restored.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Restores a deleted run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Lists the artifacts of a run in one folder.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="folder">The folder below the run's artifacts; null for the top.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The entries by path; empty if the folder is not there.</returns>
    Task<IReadOnlyList<ArtifactEntry>> ListArtifactsAsync(string runId, string? folder = null, CancellationToken cancellationToken = default);

    /// <summary>Writes an artifact, streamed; an artifact of the same path is replaced.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="path">The path below the run's artifacts, with <c>/</c> between names. Names may hold spaces and any letters, not <c># % ? \</c>.</param>
    /// <param name="content">The content, from its present position on. One that cannot seek is first kept in a temporary file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    /// <exception cref="MlflowException"><see cref="MlflowErrorCode.InvalidParameterValue"/> on a path that a server would refuse or alter.</exception>
    Task UploadArtifactAsync(string runId, string path, Stream content, CancellationToken cancellationToken = default);

    /// <summary>Opens an artifact to be read, streamed.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="path">The path below the run's artifacts.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The content; the caller disposes it.</returns>
    /// <exception cref="MlflowException"><see cref="MlflowErrorCode.ResourceDoesNotExist"/> if there is none.</exception>
    Task<Stream> OpenArtifactAsync(string runId, string path, CancellationToken cancellationToken = default);

    /// <summary>Deletes an artifact; one that is not there is no error.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="path">The path below the run's artifacts.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A task.</returns>
    Task DeleteArtifactAsync(string runId, string path, CancellationToken cancellationToken = default);
}
