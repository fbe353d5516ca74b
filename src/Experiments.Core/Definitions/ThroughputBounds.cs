using System.Text.Json.Serialization;

namespace Experiments.Core.Definitions;

/// <summary>What throughput may lose against the baseline, and how surely.</summary>
public sealed record ThroughputBounds
{
    /// <summary>Most percent lost; <c>throughput.max_regression</c>.</summary>
    public double? MaxRegressionPercent { get; init; }

    /// <summary>
    /// The code that today's is held against, in pairs that run in the same seconds: a git revision, <c>merge-base(REVISION)</c>, or <c>last_passing</c>, the commit of the newest sweep that passed; <c>throughput.against</c>. Null, the default:
    /// the baseline's stored results.
    /// </summary>
    public string? Against { get; init; }

    /// <summary>How long each pair may be measured, beside its starts; <c>throughput.budget</c>, default 90 seconds. With <see cref="Against"/>.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Whether a missing baseline is accepted; <c>throughput.allow_missing_baseline</c>, default true: the first sweep has none.</summary>
    public bool AllowMissingBaseline { get; init; } = true;

    /// <summary>Most percent that may be lost against the stored baseline; null where nothing, or old code, is compared with.</summary>
    [JsonIgnore]
    public double? BaselineBoundPercent => Against is null ? MaxRegressionPercent : null;

    /// <summary>Chance, in percent, that a sweep of unchanged code is called regressed; <c>throughput.false_alarm_rate</c>, default 1.</summary>
    public double FalseAlarmRatePercent { get; init; } = 1;

    /// <summary>Repeats that an unclear configuration may have at most; <c>throughput.max_repeats</c>; null: the planned ones.</summary>
    public int? MaxRepeats { get; init; }

    /// <summary>Whether a suspected regression is measured once more, beside a control, before it is called one; <c>throughput.confirm</c>, default true.</summary>
    public bool Confirm { get; init; } = true;
}
