using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Http.Wire;

internal sealed record CreateRunRequest(string ExperimentId, string? RunName, string? UserId, long StartTime, IReadOnlyList<Tag> Tags);

internal sealed record RunIdMessage(string RunId);

internal sealed record RunReply(RunMessage? Run);

internal sealed record SearchRunsReply(IReadOnlyList<RunMessage>? Runs, string? NextPageToken);

internal sealed record UpdateRunRequest(string RunId, string? Status, long? EndTime, string? RunName);

internal sealed record DeleteTagRequest(string RunId, string Key);

internal sealed record RunMessage(RunInfoMessage? Info, RunDataMessage? Data, RunInputsMessage? Inputs);

internal sealed record RunInfoMessage
{
    public string? RunId { get; init; }

    public string? ExperimentId { get; init; }

    public string? RunName { get; init; }

    public string? UserId { get; init; }

    public string? Status { get; init; }

    public long? StartTime { get; init; }

    public long? EndTime { get; init; }

    public string? ArtifactUri { get; init; }

    public string? LifecycleStage { get; init; }
}

internal sealed record RunDataMessage(IReadOnlyList<MetricMessage>? Metrics, IReadOnlyList<Param>? Params, IReadOnlyList<Tag>? Tags);

internal sealed record RunInputsMessage(IReadOnlyList<DatasetInputMessage>? DatasetInputs);

internal sealed record ListArtifactsReply(IReadOnlyList<FileMessage>? Files, string? NextPageToken);

internal sealed record FileMessage(string? Path, bool? IsDir, long? FileSize);
