namespace Experiments.Analysis.Statistics;

/// <summary>
/// Holm's step-down correction: holds the chance of any false alarm over a family of tests, whatever their dependence, and is never
/// weaker than Bonferroni's. Source: Holm, A simple sequentially rejective multiple test procedure, 1979.
/// </summary>
public static class HolmCorrection
{
    /// <summary>Adjusted p-values in the order given; a test is significant when its adjusted value is at most the family's rate.</summary>
    /// <param name="pValues">One p-value a test.</param>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var worst = 0.0;
        var rank = 0;
        foreach (var index in Enumerable.Range(0, pValues.Count).OrderBy(index => pValues[index]))
        {
            worst = Math.Max(worst, Math.Min(1, pValues[index] * (pValues.Count - rank++)));
            adjusted[index] = worst;
        }

        return adjusted;
    }
}
