namespace Experiments.Engine.Measurements;

/// <summary>
/// The Theil–Sen slope: the median of the slopes of all pairs of points; up to 29 % of outliers do not move it far.
/// Sen, Estimates of the regression coefficient based on Kendall's tau (1968).
/// </summary>
internal static class TheilSen
{
    /// <summary>The slope; null when fewer than two places differ.</summary>
    /// <param name="points">Places and values; the work grows with their square.</param>
    internal static double? Slope(IReadOnlyList<(double X, double Y)> points) => Slopes(points) is { Count: > 0 } slopes ? Percentile.Of(slopes, 0.5) : null;

    /// <summary>
    /// The slope and its confidence interval, exact for independent deviations of any distribution: the slopes that Kendall's test would not reject.
    /// Null when fewer than two places differ.
    /// </summary>
    /// <param name="points">Places, all different, and values.</param>
    /// <param name="level">Chance that the true slope is beyond one of the ends.</param>
    internal static (double Slope, double Low, double High)? Interval(IReadOnlyList<(double X, double Y)> points, double level)
    {
        if (Slopes(points) is not { Count: > 0 } slopes)
            return null;
        var beyond = SlopesBeyond(points.Count, level);
        return beyond < 0
            ? (Percentile.Of(slopes, 0.5), double.NegativeInfinity, double.PositiveInfinity)
            : (Percentile.Of(slopes, 0.5), slopes[beyond], slopes[^(beyond + 1)]);
    }

    private static List<double> Slopes(IReadOnlyList<(double X, double Y)> points)
    {
        var slopes = new List<double>(points.Count * (points.Count - 1) / 2);
        for (var first = 0; first < points.Count; first++)
        {
            for (var second = first + 1; second < points.Count; second++)
            {
                var run = points[second].X - points[first].X;
                if (run != 0)
                    slopes.Add((points[second].Y - points[first].Y) / run);
            }
        }

        slopes.Sort();
        return slopes;
    }

    /// <summary>
    /// How many of the slopes, at either end, lie beyond the interval; -1 where the points are too few for the level. The number of slopes below the true
    /// one is the number of inversions of a random permutation.
    /// </summary>
    private static int SlopesBeyond(int points, double level)
    {
        var share = new double[(points * (points - 1) / 2) + 1];
        share[0] = 1;
        for (var size = 2; size <= points; size++)
        {
            var longer = new double[share.Length];
            for (var inversions = 0; inversions < share.Length; inversions++)
                for (var added = 0; added < size && added <= inversions; added++)
                    longer[inversions] += share[inversions - added] / size;
            share = longer;
        }

        var (beyond, chance) = (-1, 0.0);
        while (beyond + 1 < share.Length && (chance += share[beyond + 1]) <= level)
            beyond++;
        return beyond;
    }
}
