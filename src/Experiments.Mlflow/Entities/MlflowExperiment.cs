namespace Experiments.Mlflow.Entities;

/// <summary>An experiment: a named set of runs.</summary>
public sealed record MlflowExperiment
{
    /// <summary>The id, a number as text.</summary>
    public required string Id { get; init; }

    /// <summary>The name, unique in the store.</summary>
    public required string Name { get; init; }

    /// <summary>Where the artifacts of its runs lie: a URI or a local path.</summary>
    public required string ArtifactLocation { get; init; }

    /// <summary>Whether it is in use or deleted.</summary>
    public LifecycleStage Stage { get; init; }

    /// <summary>When it was created, milliseconds since 1970-01-01 UTC; null where the server does not say.</summary>
    public long? CreationTimeMs { get; init; }

    /// <summary>When it was last changed, milliseconds since 1970-01-01 UTC; null where the server does not say.</summary>
    public long? LastUpdateTimeMs { get; init; }

    /// <summary>Its tags; <c>mlflow.note.content</c> is the description that the pages show.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
