using System.Collections.Concurrent;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;
using Experiments.Shared;

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
                await LogAsync(operation, cancellationToken);
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

    private async Task LogAsync(Operation operation, CancellationToken cancellationToken)
    {
        var batch = operation.ToBatch();
        if (batch.Tags.Any(tag => tag.Key == MlflowTags.Note))
        {
            var id = await ExperimentIdAsync(cancellationToken);
            batch = batch with { Tags = [.. batch.Tags.Select(tag => tag.Key == MlflowTags.Note ? Marked(tag, id) : tag)] };
        }

        await store.LogBatchAsync(await RunIdAsync(operation, cancellationToken), batch, cancellationToken);
    }

    private static Tag Marked(Tag note, string experimentId) => note with { Value = note.Value.Replace(MlflowTags.ExperimentIdMark, experimentId, StringComparison.Ordinal) };

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
            await store.SetExperimentTagAsync(experiment.Id, note with { Value = SignedNote.Sign(Marked(note, experiment.Id).Value) }, cancellationToken);
        }
    }

    private async Task UploadAsync(Operation operation, CancellationToken cancellationToken)
    {
        var runId = await RunIdAsync(operation, cancellationToken);
        await using var content = Open(operation.File!);
        await store.UploadArtifactAsync(runId, operation.Path ?? Path.GetFileName(operation.File!), content, cancellationToken);
    }

    // What cannot be opened today cannot be opened tomorrow; an I/O error of the store would be tried again.
    private static FileStream Open(string file)
    {
        try
        {
            return PlainFile.TryOpen(file) ?? throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"the file '{file}' is gone");
        }
        catch (IOException e)
        {
            throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"the file '{file}' cannot be read: {e.Message}", e);
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

    private async Task<string> ExperimentIdAsync(CancellationToken cancellationToken)
    {
        if (_experimentId is null)
        {
            // Somebody deleted it on purpose.
            if (await store.FindExperimentAsync(experimentName, cancellationToken) is { Stage: LifecycleStage.Deleted } deleted)
            {
                throw new MlflowException(MlflowErrorCode.ExperimentDeleted, $"the experiment '{experimentName}' (id {deleted.Id}) is deleted");
            }

            _experimentId = (await store.GetOrCreateExperimentAsync(experimentName, cancellationToken)).Id;
        }

        return _experimentId;
    }
}
