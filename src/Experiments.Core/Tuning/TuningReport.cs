using Experiments.Core.Pairs;

namespace Experiments.Core.Tuning;

/// <summary>The answer of a tuning: which loader setting this training needs on this machine.</summary>
public sealed record TuningReport
{
    /// <summary>Version of the layout.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The setting that the script has by itself.</summary>
    public required LoaderSetting Own { get; init; }

    /// <summary>The setting to use: of those that cannot be told from the best, the cheapest; null where nothing was measured.</summary>
    public LoaderSetting? Chosen { get; init; }

    /// <summary>The fastest by measurement; null where nothing was measured.</summary>
    public LoaderSetting? Best { get; init; }

    /// <summary>Every setting that was tried, in order of workers.</summary>
    public required IReadOnlyList<TuningRow> Rows { get; init; }

    /// <summary>Samples a second if batches cost nothing: no setting can pass it; null where it is unknown.</summary>
    public double? Ceiling { get; init; }

    /// <summary>Whether the ceiling was measured, by serving the same batch again and again; else it is computed from the share of time that the training waits.</summary>
    public bool IsCeilingMeasured { get; init; }

    /// <summary>Whether the loader holds the training up at all: whether the ceiling is higher than the script's own setting by more than the bound.</summary>
    public bool IsLoaderTheBottleneck { get; init; }

    /// <summary>Whether the best is known within the bound.</summary>
    public bool IsSettled { get; init; }

    /// <summary>The bound: a share, such as 0.03.</summary>
    public double Within { get; init; }

    /// <summary>How long the segments took, seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The setting to use against the script's own, in fresh processes that ran in the same seconds; null where it was not measured so.</summary>
    public PairComparison? Pair { get; init; }

    /// <summary>What the figures say and what they do not, one sentence each.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}
