namespace Experiments.Engine.Measurements;

/// <summary>The Theil–Sen slope: the median of the slopes of all pairs of points; up to 29 % of outliers do not move it far. Sen (1968).</summary>
internal static class TheilSen
{
    private const int MostPoints = 256; // 32,640 pairs

    /// <summary>The slope; null when fewer than two places differ.</summary>
    /// <param name="points">Places and values.</param>
    internal static double? Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var chosen = Thin(points);
        var slopes = new List<double>(chosen.Count * (chosen.Count - 1) / 2);
        for (var first = 0; first < chosen.Count; first++)
        {
            for (var second = first + 1; second < chosen.Count; second++)
            {
                var run = chosen[second].X - chosen[first].X;
                if (run != 0)
                    slopes.Add((chosen[second].Y - chosen[first].Y) / run);
            }
        }

        slopes.Sort();
        return slopes.Count == 0 ? null : Percentile.Of(slopes, 0.5);
    }

    private static List<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points) =>
        points.Count <= MostPoints
            ? [.. points]
            : [.. Enumerable.Range(0, MostPoints).Select(index => points[(int)((long)index * (points.Count - 1) / (MostPoints - 1))])];
}
