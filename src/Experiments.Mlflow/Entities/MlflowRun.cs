namespace Experiments.Mlflow.Entities;

/// <summary>A run with its params, tags, dataset inputs and the latest point of each metric.</summary>
public sealed record MlflowRun
{
    /// <summary>The id: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The experiment it belongs to.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>The name that the pages show.</summary>
    public required string Name { get; init; }

    /// <summary>The user, empty if none was given.</summary>
    public string User { get; init; } = "";

    /// <summary>The state.</summary>
    public RunStatus Status { get; init; }

    /// <summary>When it started, milliseconds since 1970-01-01 UTC.</summary>
    public long StartTimeMs { get; init; }

    /// <summary>When it ended, milliseconds since 1970-01-01 UTC; null while it runs.</summary>
    public long? EndTimeMs { get; init; }

    /// <summary>Where its artifacts lie: a URI or a local path.</summary>
    public required string ArtifactUri { get; init; }

    /// <summary>Whether it is in use or deleted.</summary>
    public LifecycleStage Stage { get; init; }

    /// <summary>The params.</summary>
    public IReadOnlyList<Param> Params { get; init; } = [];

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>For each metric the point with the greatest step, time and value.</summary>
    public IReadOnlyList<MetricPoint> LatestMetrics { get; init; } = [];

    /// <summary>The datasets it read.</summary>
    public IReadOnlyList<DatasetInput> Inputs { get; init; } = [];
}
