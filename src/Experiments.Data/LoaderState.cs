namespace Experiments.Data;

/// <summary>Where a loader stands: enough to go on with the same batches in another process.</summary>
public sealed record LoaderState
{
    /// <summary>Epoch that the next batch belongs to, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Batches of that epoch that the consumer has received.</summary>
    public required int BatchesGiven { get; init; }

    /// <summary>Seed that the order was drawn from; a loader with another seed refuses the state.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Batch size that the position counts in; a loader with another size refuses the state.</summary>
    public required int BatchSize { get; init; }
}
