namespace Experiments.Core.Plans;

/// <summary>What a user asks of a plan beyond its definition.</summary>
public sealed record PlanOptions
{
    /// <summary>
    /// <c>axis=value</c> or <c>axis=value,value</c>. Filters of different axes must all hold, of the same axis any.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Which part to run: <c>2/5</c> is the second of five. Every configuration is in exactly one part. Default: all.</summary>
    public string? Shard { get; init; }

    /// <summary>The seed of the order; null: the definition's.</summary>
    public int? Seed { get; init; }

    /// <summary>Trials of each configuration, 1 to 1000; null: the definition's.</summary>
    public int? Repeats { get; init; }
}
