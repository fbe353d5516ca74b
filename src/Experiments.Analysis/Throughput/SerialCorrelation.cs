namespace Experiments.Analysis.Throughput;

/// <summary>
/// How much trials of one configuration that follow each other know of each other: a machine has slow minutes, and what only some configurations feel of them is no
/// round's effect. The mean of such trials is known less well than that of as many independent ones.
/// </summary>
internal static class SerialCorrelation
{
    /// <summary>Chance of taking independent trials for correlated ones, in standard errors: 5 % one-sided.</summary>
    private const double VisibleErrors = 1.645;

    /// <summary>Beyond it the trials say next to nothing.</summary>
    private const double Most = 0.9;

    /// <summary>The pairs with the variance of their present means corrected, where correlation is seen.</summary>
    /// <param name="pairs">Each configuration's trials in the order in which they ran.</param>
    public static Pair[] Allow(Pair[] pairs)
    {
        var (along, all, steps) = (0.0, 0.0, 0);
        foreach (var pair in pairs.Where(pair => pair.Now.Count > 2))
        {
            var mean = pair.Now.Average();
            var own = pair.Now.Sum(value => (value - mean) * (value - mean));
            all += own;
            // Taking the mean off makes neighbours unlike: by the n-th part of what scatters.
            along += own / pair.Now.Count;
            for (var i = 1; i < pair.Now.Count; i++)
                along += (pair.Now[i] - mean) * (pair.Now[i - 1] - mean);
            steps += pair.Now.Count - 1;
        }

        var correlation = all > 0 ? Math.Min(along / all, Most) : 0;
        return correlation * Math.Sqrt(steps) < VisibleErrors ? pairs : Array.ConvertAll(pairs, pair => pair with { NowInflation = Inflation(correlation, pair.Now.Count) });
    }

    /// <summary>The variance of a mean of so many by that of independent ones: each further step correlates by as much as the one before.</summary>
    private static double Inflation(double correlation, int count)
    {
        var sum = 1.0;
        for (var (lag, power) = (1, correlation); lag < count; lag++, power *= correlation)
            sum += 2 * (1 - (double)lag / count) * power;
        return sum;
    }
}
