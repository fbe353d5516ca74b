using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tuning;

/// <summary>What a tuning may try, and when it is done.</summary>
public sealed record TuningSpace
{
    /// <summary>The setting that the script has by itself.</summary>
    public required LoaderSetting Own { get; init; }

    /// <summary>CPU cores that the training may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Worker counts to choose among; null: any up to <see cref="MostWorkers"/>.</summary>
    public IReadOnlyList<int>? Workers { get; init; }

    /// <summary>The largest worker count that is tried where none are named; default four a core. Where the dataset is iterable, the script's own.</summary>
    public int MostWorkers { get => field > 0 ? field : 4 * Cores; init; }

    /// <summary>Batches that a worker may load ahead; null: any.</summary>
    public IReadOnlyList<int>? PrefetchFactors { get; init; }

    /// <summary>Whether pinned memory has an effect here, which it has only where a device is.</summary>
    public bool Pins { get; init; }

    /// <summary>Whether pinning may be changed; default true. Where not, it stays as the script has it.</summary>
    public bool VariesPinning { get; init; } = true;

    /// <summary>What one process tree may take, bytes; null: no limit is known.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>What of <see cref="MemoryLimitBytes"/> a setting may take, bytes: nine tenths. More is neither tried nor kept.</summary>
    public double? MostMemoryBytes => 0.9 * MemoryLimitBytes;

    /// <summary>How near to the best is near enough, as a share; default 0.03.</summary>
    public double Within { get; init; } = 0.03;

    /// <summary>How long the segments may take; default 3 minutes.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Decides the order within blocks; default 1.</summary>
    public int Seed { get; init; } = 1;
}
