namespace Experiments.Engine.Measurements;

/// <summary>Sample quantiles, interpolated linearly between order statistics (Hyndman and Fan's type 7, as NumPy's default).</summary>
internal static class Percentile
{
    /// <summary>A quantile.</summary>
    /// <param name="sorted">The values in rising order; at least one.</param>
    /// <param name="probability">0 to 1.</param>
    internal static double Of(IReadOnlyList<double> sorted, double probability)
    {
        var position = probability * (sorted.Count - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
