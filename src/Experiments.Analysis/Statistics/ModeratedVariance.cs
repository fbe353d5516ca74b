namespace Experiments.Analysis.Statistics;

/// <summary>
/// What many configurations tell together about the noise of each. With two or three repeats a configuration's own variance is
/// nearly unknown; the variances of all its neighbours say what is usual and how much they differ, and each is drawn towards the
/// usual as far as its own evidence is weak. t statistics on it have <see cref="PriorDegrees"/> more degrees of freedom.
/// Source: Smyth, Linear models and empirical Bayes methods for assessing differential expression, 2004 (the method of limma).
/// </summary>
public sealed class ModeratedVariance
{
    private readonly double totalDegrees;

    private ModeratedVariance(double prior, double priorDegrees, double totalDegrees) =>
        (Prior, PriorDegrees, this.totalDegrees) = (prior, priorDegrees, totalDegrees);

    /// <summary>The usual variance.</summary>
    public double Prior { get; }

    /// <summary>How many degrees of freedom the usual variance is worth; infinite when the variances differ no more than chance makes them.</summary>
    public double PriorDegrees { get; }

    /// <summary>Learns what is usual.</summary>
    /// <param name="variances">Each group's variance and its degrees of freedom; groups without degrees of freedom are skipped.</param>
    /// <returns>Null when no group has a degree of freedom.</returns>
    public static ModeratedVariance? Fit(IReadOnlyList<(double Variance, double Degrees)> variances)
    {
        var known = variances.Where(group => group.Degrees > 0 && group.Variance > 0).ToArray();
        var total = known.Sum(group => group.Degrees);
        if (known.Length == 0)
            return null;
        var pooled = known.Sum(group => group.Variance * group.Degrees) / total;
        if (known.Length < 4)
            return new ModeratedVariance(pooled, double.PositiveInfinity, total);

        var logs = Array.ConvertAll(known, group => Math.Log(group.Variance) - PolyGamma.Digamma(group.Degrees / 2) + Math.Log(group.Degrees / 2));
        var mean = logs.Average();
        var excess = logs.Sum(log => (log - mean) * (log - mean)) / (logs.Length - 1) - known.Average(group => PolyGamma.Trigamma(group.Degrees / 2));
        if (excess <= 0)
            return new ModeratedVariance(pooled, double.PositiveInfinity, total);
        var degrees = 2 * PolyGamma.InverseTrigamma(excess);
        var prior = Math.Exp(mean + PolyGamma.Digamma(degrees / 2) - Math.Log(degrees / 2));
        return new ModeratedVariance(prior, degrees, total);
    }

    /// <summary>The variance to use for one group, and the degrees of freedom that it is worth.</summary>
    /// <param name="variance">The group's own variance.</param>
    /// <param name="degrees">Its degrees of freedom; 0 when it has none.</param>
    public (double Variance, double Degrees) For(double variance, double degrees) => double.IsPositiveInfinity(PriorDegrees)
        ? (Prior, totalDegrees)
        : ((PriorDegrees * Prior + degrees * variance) / (PriorDegrees + degrees), Math.Min(PriorDegrees + degrees, totalDegrees));
}
