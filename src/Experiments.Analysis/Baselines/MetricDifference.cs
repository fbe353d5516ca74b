using System.Text.Json.Serialization;
using Experiments.Analysis.Statistics;
using Experiments.Core.Matrix;

namespace Experiments.Analysis.Baselines;

/// <summary>One metric of one configuration in two baselines.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="Old">The repeats of the baseline in force; empty when it has none.</param>
/// <param name="New">The repeats of the other; empty when it has none.</param>
public sealed record MetricDifference([property: JsonIgnore] Configuration Configuration, IReadOnlyList<double> Old, IReadOnlyList<double> New)
{
    /// <summary>The median of <see cref="Old"/>; null when it is empty.</summary>
    public double? OldMedian => Old.Count == 0 ? null : RobustLocation.Median(Old);

    /// <summary>The median of <see cref="New"/>; null when it is empty.</summary>
    public double? NewMedian => New.Count == 0 ? null : RobustLocation.Median(New);

    /// <summary>By how many percent the median changes; null where a side is empty or the old one is 0.</summary>
    public double? ChangePercent => OldMedian is > 0 and var old && NewMedian is { } now ? (now / old - 1) * 100 : null;
}
