namespace Experiments.Mlflow.Entities;

/// <summary>A dataset that a run read.</summary>
public sealed record DatasetInput
{
    /// <summary>The dataset's name, at most 500 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What identifies its content, at most 36 characters.</summary>
    public required string Digest { get; init; }

    /// <summary>The kind of source, such as <c>local</c> or <c>code</c>; at most 36 characters.</summary>
    public string SourceType { get; init; } = "local";

    /// <summary>The source as JSON, such as <c>{"uri": "/data/meld"}</c>.</summary>
    public string Source { get; init; } = "{}";

    /// <summary>The schema as JSON; null for none.</summary>
    public string? Schema { get; init; }

    /// <summary>Facts about the content as JSON, such as <c>{"num_rows": 9989}</c>; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>What it was read for, such as <c>training</c> (MLflow's tag <c>mlflow.data.context</c>); null for none.</summary>
    public string? Context { get; init; }
}
