namespace Experiments.Mlflow.Entities;

/// <summary>An experiment to be created.</summary>
public sealed record NewExperiment
{
    /// <summary>The name, unique in the store; at most 500 characters (256 in a database).</summary>
    public required string Name { get; init; }

    /// <summary>Where artifacts shall lie; null lets the store choose.</summary>
    public string? ArtifactLocation { get; init; }

    /// <summary>The tags to begin with.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
