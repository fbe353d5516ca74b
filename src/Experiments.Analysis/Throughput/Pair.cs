using Experiments.Analysis.Statistics;

namespace Experiments.Analysis.Throughput;

/// <summary>The logarithms of one configuration's throughput before and now, freed of the machine's drift.</summary>
internal sealed record Pair(string Id, IReadOnlyList<double> Before, IReadOnlyList<double> Now)
{
    /// <summary>Difference of the means.</summary>
    public double MeanChange { get; } = Now.Average() - Before.Average();

    /// <summary>Difference of the robust centers.</summary>
    public double RobustChange { get; } = RobustLocation.Center(Now) - RobustLocation.Center(Before);

    /// <summary>The variance of the present mean by that of as many independent trials.</summary>
    public double NowInflation { get; init; } = 1;

    /// <summary>The standard error of the change by the standard deviation of one trial.</summary>
    public double Precision => Math.Sqrt(NowInflation / Now.Count + 1.0 / Before.Count);

    /// <summary>The variance of what the change is held against, by that of one trial; 0 where it is held against the baseline alone.</summary>
    public double ReferenceVariance { get; init; }

    /// <summary>The standard error against that reference, by the standard deviation of one trial.</summary>
    public double ReferredPrecision => Math.Sqrt(Precision * Precision + ReferenceVariance);

    /// <summary>Degrees of freedom of <see cref="Variance"/>.</summary>
    public int Degrees { get; } = Now.Count + Before.Count - 2;

    /// <summary>The configuration's own variance; 0 without degrees of freedom.</summary>
    public double Variance { get; } = OwnVariance(Before, Now);

    private static double OwnVariance(IReadOnlyList<double> before, IReadOnlyList<double> now)
    {
        var degrees = now.Count + before.Count - 2;
        return degrees == 0 ? 0 : (Scatter(before) + Scatter(now)) / degrees;
    }

    private static double Scatter(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }
}
