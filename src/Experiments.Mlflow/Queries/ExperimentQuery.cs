namespace Experiments.Mlflow.Queries;

/// <summary>A search for experiments.</summary>
public sealed record ExperimentQuery
{
    /// <summary>
    /// A filter in MLflow's grammar over <c>name</c>, <c>creation_time</c>, <c>last_update_time</c> and <c>tags.KEY</c>. Null for none.
    /// </summary>
    public string? Filter { get; init; }

    /// <summary>The order, such as <c>name ASC</c>; none: latest created first.</summary>
    public IReadOnlyList<string> OrderBy { get; init; } = [];

    /// <summary>Which lifecycle stages to look at.</summary>
    public ViewType View { get; init; }

    /// <summary>The size of a page, 1000 by default, at most 50,000.</summary>
    public int MaxResults { get; init; } = 1000;

    /// <summary>The token of the page before; null for the first page.</summary>
    public string? PageToken { get; init; }
}
