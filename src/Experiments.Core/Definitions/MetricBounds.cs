using System.Text.Json.Serialization;

namespace Experiments.Core.Definitions;

/// <summary>What a metric of a configuration may be: its median over the trials.</summary>
public sealed record MetricBounds
{
    /// <summary>The metric's name: one that the trials log, such as <c>val_loss</c>, or one of <see cref="Results.MetricKeys"/>.</summary>
    public required string Metric { get; init; }

    /// <summary>Least value; <c>metrics.NAME.min</c>.</summary>
    public double? Min { get; init; }

    /// <summary>Largest value; <c>metrics.NAME.max</c>.</summary>
    public double? Max { get; init; }

    /// <summary>Most percent of the baseline's size by which it may lie above the baseline; <c>metrics.NAME.max_increase</c>.</summary>
    public double? MaxIncreasePercent { get; init; }

    /// <summary>Most percent of the baseline's size by which it may lie below the baseline; <c>metrics.NAME.max_decrease</c>.</summary>
    public double? MaxDecreasePercent { get; init; }

    /// <summary>Whether it is compared with a baseline.</summary>
    [JsonIgnore]
    public bool IsCompared => MaxIncreasePercent is not null || MaxDecreasePercent is not null;
}
