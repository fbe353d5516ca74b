namespace Experiments.Mlflow.Entities;

/// <summary>A run to be created.</summary>
public sealed record NewRun
{
    /// <summary>The experiment it belongs to.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>The name that the pages show; null lets the store choose one.</summary>
    public string? Name { get; init; }

    /// <summary>The user; empty for none.</summary>
    public string User { get; init; } = "";

    /// <summary>When it started, milliseconds since 1970-01-01 UTC; null means now.</summary>
    public long? StartTimeMs { get; init; }

    /// <summary>The tags to begin with; <c>mlflow.parentRunId</c> nests it under another run.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>
    /// What makes creating it repeatable: if the experiment has an active run created with the same key already, that run is returned
    /// and nothing is created. Kept as the tag <see cref="MlflowTags.RunKey"/>. Null: each call makes a new run.
    /// </summary>
    public string? Key { get; init; }
}
