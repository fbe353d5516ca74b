namespace Experiments.Mlflow.Entities;

/// <summary>A change of a run's state or name. What is null stays as it is.</summary>
public sealed record RunUpdate
{
    /// <summary>The new state.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>The new end, milliseconds since 1970-01-01 UTC.</summary>
    public long? EndTimeMs { get; init; }

    /// <summary>The new name.</summary>
    public string? Name { get; init; }
}
