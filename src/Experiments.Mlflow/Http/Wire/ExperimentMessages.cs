using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Http.Wire;

internal sealed record Nothing;

internal sealed record ErrorReply(string? ErrorCode, string? Message);

internal sealed record CreateExperimentRequest(string Name, string? ArtifactLocation, IReadOnlyList<Tag>? Tags);

internal sealed record ExperimentIdMessage(string? ExperimentId);

internal sealed record ExperimentReply(ExperimentMessage? Experiment);

internal sealed record SearchExperimentsReply(IReadOnlyList<ExperimentMessage>? Experiments, string? NextPageToken);

internal sealed record RenameExperimentRequest(string ExperimentId, string NewName);

internal sealed record SetExperimentTagRequest(string ExperimentId, string Key, string Value);

/// <summary>A search, for experiments or for runs: what does not belong to the one is null and not sent.</summary>
internal sealed record SearchRequest
{
    public IReadOnlyList<string>? ExperimentIds { get; init; }

    public string? Filter { get; init; }

    public IReadOnlyList<string>? OrderBy { get; init; }

    public string? ViewType { get; init; }

    public string? RunViewType { get; init; }

    public required int MaxResults { get; init; }

    public string? PageToken { get; init; }
}

internal sealed record ExperimentMessage
{
    public string? ExperimentId { get; init; }

    public string? Name { get; init; }

    public string? ArtifactLocation { get; init; }

    public string? LifecycleStage { get; init; }

    public long? CreationTime { get; init; }

    public long? LastUpdateTime { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}
