namespace Experiments.PyTorch.Record;

/// <summary>What the training process and its workers had used at one moment.</summary>
public sealed record ProcessSample
{
    /// <summary>Unix time in seconds.</summary>
    public required double Time { get; init; }

    /// <summary>The last step that was done.</summary>
    public required int Step { get; init; }

    /// <summary>The workers' process ids.</summary>
    public required IReadOnlyList<int> Workers { get; init; }

    /// <summary>Memory that each worker shares with no other process, in bytes; null where it could not be read.</summary>
    public required IReadOnlyList<long?> WorkerPrivateBytes { get; init; }

    /// <summary>
    /// The dataset's Python objects that each worker holds copies of, because it touched them, in bytes; null where it could not be told, as of a worker
    /// that was not forked.
    /// </summary>
    public IReadOnlyList<long?> WorkerCopiedBytes { get; init; } = [];

    /// <summary>Page faults served without I/O so far, of all of them.</summary>
    public required long MinorFaults { get; init; }

    /// <summary>CPU time in user mode so far, of all of them.</summary>
    public required double UserSeconds { get; init; }

    /// <summary>CPU time in the kernel so far, of all of them.</summary>
    public required double SystemSeconds { get; init; }
}
