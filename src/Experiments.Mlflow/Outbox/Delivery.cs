using System.Collections.Concurrent;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Mlflow.Outbox;

/// <summary>Carries out one operation in the store. Any of them may be carried out again.</summary>
internal sealed class Delivery(IMlflowStore store, string experimentName)
{
    private readonly ConcurrentDictionary<string, string> _runIds = new(StringComparer.Ordinal);
    private string? _experimentId;

    public string? FindRunId(string runKey) => _runIds.GetValueOrDefault(runKey);

    public string? ExperimentId => _experimentId;

    public async Task CarryOutAsync(Operation operation, CancellationToken cancellationToken)
    {
        switch (operation.Kind)
        {
            case OperationKind.StartRun:
                await StartAsync(operation.Run!, cancellationToken);
                break;
            case OperationKind.Log:
                await store.LogBatchAsync(await RunIdAsync(operation, cancellationToken), operation.ToBatch(), cancellationToken);
                break;
            case OperationKind.LogMissingParams:
                await LogMissingAsync(await RunIdAsync(operation, cancellationToken), operation.Params!, cancellationToken);
                break;
            case OperationKind.LogInputs:
                await store.LogInputsAsync(await RunIdAsync(operation, cancellationToken), operation.Inputs!, cancellationToken);
                break;
            case OperationKind.EndRun:
                var update = new RunUpdate { Status = operation.Status, EndTimeMs = operation.EndTimeMs };
                await store.UpdateRunAsync(await RunIdAsync(operation, cancellationToken), update, cancellationToken);
                break;
            case OperationKind.Upload:
                await UploadAsync(operation, cancellationToken);
                break;
            case OperationKind.SetExperimentTag:
                await store.SetExperimentTagAsync(await ExperimentIdAsync(cancellationToken), operation.Tags![0], cancellationToken);
                break;
            case OperationKind.SetExperimentNote:
                await SetNoteAsync(operation.Tags![0], cancellationToken);
                break;
            default:
                throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"unknown operation {operation.Kind}");
        }
    }

    /// <summary>Whether the store answers at all.</summary>
    public Task ProbeAsync(CancellationToken cancellationToken) => store.FindExperimentAsync(experimentName, cancellationToken);

    private async Task StartAsync(OutboxRun run, CancellationToken cancellationToken)
    {
        var tags = run.Tags;
        if (run.ParentKey is not null)
        {
            tags = [.. tags, new Tag(MlflowTags.ParentRunId, await RunIdAsync(run.ParentKey, cancellationToken))];
        }

        var created = await store.CreateRunAsync(
            new NewRun
            {
                ExperimentId = await ExperimentIdAsync(cancellationToken),
                Key = run.Key,
                Name = run.Name,
                User = run.User,
                StartTimeMs = run.StartTimeMs,
                Tags = tags,
            },
            cancellationToken);
        _runIds[run.Key] = created.Id;
    }

    private async Task LogMissingAsync(string runId, List<Param> wanted, CancellationToken cancellationToken)
    {
        var there = (await store.GetRunAsync(runId, cancellationToken)).Params.Select(param => param.Key).ToHashSet(StringComparer.Ordinal);
        await store.LogBatchAsync(runId, new RunBatch { Params = [.. wanted.Where(param => !there.Contains(param.Key))] }, cancellationToken);
    }

    private async Task SetNoteAsync(Tag note, CancellationToken cancellationToken)
    {
        var experiment = await store.GetExperimentAsync(await ExperimentIdAsync(cancellationToken), cancellationToken);
        var current = experiment.Tags.FirstOrDefault(tag => tag.Key == note.Key)?.Value ?? "";
        if (current.Length == 0 || SignedNote.IsUntouched(current))
        {
            await store.SetExperimentTagAsync(experiment.Id, note, cancellationToken);
        }
    }

    private async Task UploadAsync(Operation operation, CancellationToken cancellationToken)
    {
        var runId = await RunIdAsync(operation, cancellationToken);
        try
        {
            await store.UploadFileAsync(runId, operation.File!, operation.Path, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"the file '{operation.File}' is gone", e);
        }
    }

    private Task<string> RunIdAsync(Operation operation, CancellationToken cancellationToken) =>
        RunIdAsync(operation.RunKey!, cancellationToken);

    // The run may have been started by an earlier process.
    private async Task<string> RunIdAsync(string runKey, CancellationToken cancellationToken)
    {
        if (_runIds.TryGetValue(runKey, out var known))
        {
            return known;
        }

        var query = new RunQuery
        {
            ExperimentIds = [await ExperimentIdAsync(cancellationToken)],
            Filter = $"tags.`{MlflowTags.RunKey}` = '{runKey}'",
            MaxResults = 1,
        };
        var found = (await store.SearchRunsAsync(query, cancellationToken)).Items.SingleOrDefault()
            ?? throw new MlflowException(MlflowErrorCode.ResourceDoesNotExist, $"no run was started with the key '{runKey}'");
        return _runIds[runKey] = found.Id;
    }

    private async Task<string> ExperimentIdAsync(CancellationToken cancellationToken) =>
        _experimentId ??= (await store.GetOrCreateExperimentAsync(experimentName, cancellationToken)).Id;
}
