namespace Experiments.Datasets.Stores;

/// <summary>A row of <c>samples.csv</c>.</summary>
public sealed record StoredSample
{
    /// <summary>The sample's name; unique within the store.</summary>
    public required string Id { get; init; }

    /// <summary><c>train</c>, <c>dev</c> or <c>test</c>.</summary>
    public required string Split { get; init; }

    /// <summary>The class's name.</summary>
    public required string Label { get; init; }

    /// <summary>Values of the store's further columns, in their order.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}
