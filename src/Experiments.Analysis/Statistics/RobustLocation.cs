namespace Experiments.Analysis.Statistics;

/// <summary>Where a small sample lies, so that no single outlier decides it.</summary>
public static class RobustLocation
{
    /// <summary>The median; the mean of the middle two for an even count.</summary>
    /// <param name="values">At least one value.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            throw new ArgumentException("The median of nothing is not defined.", nameof(values));
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>
    /// The median up to four values, from five on the Hodges–Lehmann estimate (the median of all pairwise means), which is nearly
    /// as precise as the mean and stays unmoved by 29 % of outliers.
    /// Source: Hodges and Lehmann, Estimates of location based on rank tests, 1963.
    /// </summary>
    /// <param name="values">At least one value.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Center(IReadOnlyList<double> values)
    {
        if (values.Count < 5)
            return Median(values);
        var means = new double[values.Count * (values.Count + 1) / 2];
        var at = 0;
        for (var i = 0; i < values.Count; i++)
            for (var j = i; j < values.Count; j++)
                means[at++] = (values[i] + values[j]) / 2;
        return Median(means);
    }

    /// <summary>The median absolute deviation, scaled to the standard deviation of normal noise (×1.4826).</summary>
    /// <param name="values">At least one value.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Spread(IReadOnlyList<double> values)
    {
        var center = Median(values);
        return 1.4826 * Median(values.Select(value => Math.Abs(value - center)));
    }
}
