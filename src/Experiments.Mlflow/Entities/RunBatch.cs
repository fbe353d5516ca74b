namespace Experiments.Mlflow.Entities;

/// <summary>Metric points, params and tags to be logged to one run. It may be of any size: stores split it as servers demand.</summary>
public sealed record RunBatch
{
    /// <summary>The metric points.</summary>
    public IReadOnlyList<MetricPoint> Metrics { get; init; } = [];

    /// <summary>The params.</summary>
    public IReadOnlyList<Param> Params { get; init; } = [];

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>The number of metric points, params and tags together.</summary>
    public int Count => Metrics.Count + Params.Count + Tags.Count;
}
