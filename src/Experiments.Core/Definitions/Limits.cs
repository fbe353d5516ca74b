namespace Experiments.Core.Definitions;

/// <summary>What a single trial may use.</summary>
public sealed record Limits
{
    /// <summary>Memory of the whole process tree; null: 90 % of what is available.</summary>
    public MemoryLimit? Memory { get; init; }

    /// <summary>GPU memory of the trial's processes, summed over its devices, in bytes; null: not limited.</summary>
    public long? GpuMemoryBytes { get; init; }

    /// <summary>Processes that live at the same time; null: not limited.</summary>
    public int? Processes { get; init; }

    /// <summary>Wall time; default 15 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Time without a step or another event after which a trial hangs; null: only <see cref="Timeout"/> ends it.</summary>
    public TimeSpan? StallTimeout { get; init; }
}
