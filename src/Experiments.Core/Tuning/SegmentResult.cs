namespace Experiments.Core.Tuning;

/// <summary>What a stretch of one run under one loader setting measured.</summary>
public sealed record SegmentResult
{
    /// <summary>The setting; null for the ceiling, where batches cost nothing.</summary>
    public required LoaderSetting? Setting { get; init; }

    /// <summary>The block that the segment belongs to; 0 holds those that only look around.</summary>
    public required int Block { get; init; }

    /// <summary>Training steps that were measured.</summary>
    public int Steps { get; init; }

    /// <summary>Samples of these steps.</summary>
    public long Samples { get; init; }

    /// <summary>Their time in seconds, waits included, evaluation excluded.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds of it that the training waited for batches.</summary>
    public double WaitSeconds { get; init; }

    /// <summary>CPU seconds of the training process and its workers meanwhile.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>Batches that the training took.</summary>
    public int Batches { get; init; }

    /// <summary>Batches by which what lay ready shrank meanwhile; negative where it grew. What was taken from store is no throughput.</summary>
    public int Drained { get; init; }

    /// <summary>Seconds from the start of the workers to their first batch.</summary>
    public double StartSeconds { get; init; }

    /// <summary>The largest memory of the process tree while the setting was in force, bytes; null where it was not measured.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>When it ended, seconds since the first instruction.</summary>
    public double EndedAt { get; init; }

    /// <summary>Why the setting could not be measured; null where it was.</summary>
    public string? Error { get; init; }

    /// <summary>The throughput that the setting holds, samples a second: where what lay ready shrank, only what was loaded meanwhile counts. 0 where nothing was measured.</summary>
    public double SamplesPerSecond => Seconds <= 0 ? 0
        : Samples / Seconds * (Drained > 0 && Batches > Drained ? 1 - ((double)Drained / Batches) : 1);

    /// <summary>Share of the time that the training waited for batches, 0 to 1.</summary>
    public double WaitFraction => Seconds <= 0 ? 0 : WaitSeconds / Seconds;
}
