namespace Experiments.PyTorch.Record;

/// <summary>One pass over a loader.</summary>
public sealed record EpochRecord
{
    /// <summary>The loader's number.</summary>
    public required int Loader { get; init; }

    /// <summary>How it ended: <c>end</c>, <c>dropped</c> (broken off), <c>restarted</c>, <c>exit</c>, <c>after_steps</c>, or <c>error</c> with the exception's name.</summary>
    public required string Reason { get; init; }

    /// <summary>Batches that came.</summary>
    public required int Batches { get; init; }

    /// <summary>Samples in them.</summary>
    public required long Samples { get; init; }

    /// <summary>Time spent waiting for batches, in seconds.</summary>
    public required double WaitSeconds { get; init; }

    /// <summary>Time from the epoch's begin to its first batch, in seconds: the start of the workers, mostly.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>The whole epoch, in seconds.</summary>
    public required double WallSeconds { get; init; }
}
