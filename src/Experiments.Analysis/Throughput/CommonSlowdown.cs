using Experiments.Analysis.Statistics;

namespace Experiments.Analysis.Throughput;

/// <summary>
/// Whether the matrix as a whole slowed down: one more hypothesis of the family. Where every configuration is too noisy to show a slowdown by
/// itself, all of them together may. The slowest has no part in it: it is tested by itself, and must not make the others red.
/// </summary>
/// <param name="PValue">One-sided p-value of the mean change over all configurations but the slowest.</param>
/// <param name="IsLarge">Whether the median configuration slowed down by more than the bound, what drift explains apart.</param>
internal readonly record struct CommonSlowdown(double PValue, bool IsLarge)
{
    /// <summary>Fewer configurations are no matrix.</summary>
    private const int LeastConfigurations = 4;

    /// <summary>Tests; null where it cannot be told.</summary>
    public static CommonSlowdown? Test(IReadOnlyList<Pair> pairs, NoiseModel noise, double drift, ThroughputRule rule)
    {
        var all = pairs.Where(pair => pair.Degrees > 0).OrderBy(pair => pair.MeanChange).ToArray();
        if (all.Length < LeastConfigurations)
            return null; // from single repeats noise is learned by what the configurations do not have in common
        var known = all[1..];
        // A mean of many needs no moderation: their own variances add up, with Satterthwaite's degrees of freedom.
        var floor = ThroughputModel.Resolution * ThroughputModel.Resolution;
        var parts = Array.ConvertAll(known, pair => (Variance: Math.Max(pair.Variance, floor) * noise.Inflation * pair.Precision * pair.Precision, pair.Degrees));
        var sum = parts.Sum(part => part.Variance);
        var degrees = sum * sum / parts.Sum(part => part.Variance * part.Variance / part.Degrees);
        var mean = known.Average(pair => pair.MeanChange) - drift;
        return new CommonSlowdown(
            StudentT.LowerTail(mean * known.Length / Math.Sqrt(sum), degrees),
            RobustLocation.Median(known.Select(pair => pair.RobustChange)) - drift < rule.LogBound);
    }
}
