namespace Experiments.Bench.Loader;

/// <summary>What one peer is asked to do in a process of its own.</summary>
internal sealed record PeerRun
{
    public required string Peer { get; init; }

    /// <summary>padded, padded-mmap, full, full-mmap, ragged, small, small-mmap or jpeg.</summary>
    public required string Scenario { get; init; }

    public required int Workers { get; init; }

    public required string Data { get; init; }

    public int Epochs { get; init; } = 2;

    /// <summary>Samples an epoch; the files' samples are gone through again where they are fewer.</summary>
    public required int Samples { get; init; }

    public int BatchSize { get; init; } = 128;

    /// <summary>Computation that the consumer does for each batch, on its own thread, in milliseconds.</summary>
    public int ComputeMs { get; init; }
}
