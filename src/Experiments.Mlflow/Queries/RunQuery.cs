namespace Experiments.Mlflow.Queries;

/// <summary>A search for runs.</summary>
public sealed record RunQuery
{
    /// <summary>The experiments to look in.</summary>
    public required IReadOnlyList<string> ExperimentIds { get; init; }

    /// <summary>
    /// A filter in MLflow's grammar, such as <c>metrics.loss &lt; 0.5 and params.num_workers = '4'</c>; clauses are joined by <c>and</c> only.
    /// Null for none.
    /// </summary>
    public string? Filter { get; init; }

    /// <summary>The order, such as <c>metrics.loss ASC</c>; ties and no order at all: latest start first.</summary>
    public IReadOnlyList<string> OrderBy { get; init; } = [];

    /// <summary>Which lifecycle stages to look at.</summary>
    public ViewType View { get; init; }

    /// <summary>The size of a page, 1000 by default, at most 50,000.</summary>
    public int MaxResults { get; init; } = 1000;

    /// <summary>The token of the page before; null for the first page.</summary>
    public string? PageToken { get; init; }
}
