using Experiments.Core.Tuning;

namespace Experiments.Tuning;

/// <summary>A training whose loader is tuned.</summary>
public sealed record TuneRequest
{
    /// <summary>The Python script; empty where a definition is tuned.</summary>
    public string Script { get; init; } = "";

    /// <summary>Its arguments, as they are given by hand.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The interpreter; null: the one that a definition would use.</summary>
    public string? Python { get; init; }

    /// <summary>Worker counts to choose among; null: those of the definition, and without one any.</summary>
    public IReadOnlyList<int>? Workers { get; init; }

    /// <summary>How long the segments may take; default 3 minutes. Start-up and confirmation come besides.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How near to the best is near enough, as a share; default 0.03.</summary>
    public double Within { get; init; } = 0.03;

    /// <summary>How long the winner runs beside the script's own setting, in the same seconds, to confirm the answer; default 30 seconds, zero for not at all. It ends earlier where it is settled.</summary>
    public TimeSpan PairBudget { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whole trials of the winner and of the script's own setting, in turns, which tell their peak memory; default 1 of each, 0 for none.</summary>
    public int Confirmations { get; init; } = 1;

    /// <summary>What the training and its workers may take of memory, bytes; default: the definition's limit, else what the machine, or the container, has.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Hears of each segment that ended; default: nobody.</summary>
    public IProgress<SegmentResult>? Progress { get; init; }
}
