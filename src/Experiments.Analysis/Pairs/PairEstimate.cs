using Experiments.Analysis.Statistics;
using Experiments.Core.Pairs;

namespace Experiments.Analysis.Pairs;

/// <summary>
/// How much faster or slower the new side of pairs is, with an interval that holds at every look, so that measuring may end as soon as all is settled.
/// The unit is the block of two neighbouring turns. Within a start the interval is an asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas,
/// Time-uniform central limit theory and asymptotic confidence sequences, 2021, equation 9) of the blocks' log ratios with outliers pulled in, widened by Student's t where blocks
/// are few and by their correlation. One start of a process is faster than another by luck: what starts differ by is added, from a first guess of 1 % that weighs as three starts.
/// </summary>
public sealed record PairEstimate
{
    /// <summary>The chance that the interval ever leaves the truth out, of both sides together.</summary>
    public const double Alpha = 0.01;

    /// <summary>Starts of both sides before anything is decided.</summary>
    public const int LeastStarts = 2;

    private const int LeastBlocks = 10; // in all starts together
    private const int TightestAtBlocks = 100;
    private const double StartSpread = 0.01;
    private const double StartSpreadWeight = 3;
    private const double OutlierSpreads = 3;
    private const double MostCorrelation = 0.8;
    private const double UsualCorrelation = 0.3;
    private const double UsualCorrelationWeight = 10; // blocks: few of them do not tell it

    /// <summary>Logarithm of new by old.</summary>
    public double LogRatio { get; private init; }

    /// <summary>Half of its interval; infinite while too little is measured.</summary>
    public double HalfWidth { get; private init; } = double.PositiveInfinity;

    /// <summary>Blocks.</summary>
    public int Blocks { get; private init; }

    /// <summary>Starts with blocks.</summary>
    public int Starts { get; private init; }

    /// <summary>Correlation of neighbouring blocks within a start; 0 where it is negative.</summary>
    public double Correlation { get; private init; }

    /// <summary>Estimates from what was measured.</summary>
    /// <param name="starts">The blocks' logarithms of new by old, of each start of both sides.</param>
    /// <param name="alpha">The chance that the interval ever leaves the truth out, of both sides together; null: <see cref="Alpha"/>.</param>
    public static PairEstimate Of(IReadOnlyList<IReadOnlyList<double>> starts, double? alpha = null)
    {
        var chance = alpha ?? Alpha;
        var used = starts.Where(start => start.Count > 0).ToArray();
        var count = used.Sum(start => start.Count);
        if (count == 0)
            return new PairEstimate();
        var centers = used.Select(RobustLocation.Center).ToArray();
        var center = used.Zip(centers, (start, own) => start.Count * own).Sum() / count;
        if (count < LeastBlocks || count <= used.Length)
            return new PairEstimate { LogRatio = center, Blocks = count, Starts = used.Length };
        var residuals = used.Zip(centers, (start, own) => start.Select(value => value - own).ToArray()).ToArray();
        var most = OutlierSpreads * RobustLocation.Spread([.. residuals.SelectMany(values => values)]);
        foreach (var values in residuals)
            for (var i = 0; i < values.Length; i++)
                values[i] = Math.Clamp(values[i], -most, most);
        double degrees = count - used.Length;
        var variance = residuals.Sum(values => values.Sum(value => value * value)) / degrees;
        var correlation = CorrelationOf(residuals, variance);
        var blocksVariance = variance * (1 + correlation) / (1 - correlation);
        var within = Math.Sqrt(blocksVariance) * SequenceFactor(count, chance) * StudentT.UpperQuantile(chance / 2, degrees) / StudentT.UpperQuantile(chance / 2, 1e9);
        var between = BetweenStarts(used, centers, blocksVariance, chance);
        return new PairEstimate
        {
            LogRatio = center, Blocks = count, Starts = used.Length, Correlation = correlation,
            HalfWidth = Math.Sqrt((within * within) + (between * between)),
        };
    }

    /// <summary>What is settled; inconclusive before <see cref="LeastStarts"/>.</summary>
    /// <param name="bound">The largest slowdown that is allowed, a fraction such as 0.05.</param>
    public PairVerdict Decide(double bound)
    {
        var limit = Math.Log(1 - bound);
        return Starts < LeastStarts ? PairVerdict.Inconclusive
            : LogRatio + HalfWidth < limit ? PairVerdict.Slower
            : LogRatio - HalfWidth > limit ? PairVerdict.NotSlower
            : PairVerdict.Inconclusive;
    }

    /// <summary>Half-width of the confidence sequence in standard deviations, after as many values.</summary>
    private static double SequenceFactor(int count, double alpha)
    {
        var asked = -2 * Math.Log(alpha);
        var tuned = (asked + Math.Log(asked + 1)) / TightestAtBlocks;
        var mass = (count * tuned) + 1;
        return Math.Sqrt(2 * mass / ((double)count * count * tuned) * Math.Log(Math.Sqrt(mass) / alpha));
    }

    private static double CorrelationOf(double[][] residuals, double variance)
    {
        var (together, alone) = (UsualCorrelationWeight * UsualCorrelation * variance, UsualCorrelationWeight * variance);
        foreach (var values in residuals)
        {
            alone += values.Sum(value => value * value);
            for (var i = 1; i < values.Length; i++)
                together += values[i] * values[i - 1];
        }

        return alone > 0 ? Math.Clamp(together / alone, 0, MostCorrelation) : 0;
    }

    private static double BetweenStarts(IReadOnlyList<double>[] starts, double[] centers, double blocksVariance, double alpha)
    {
        var middle = centers.Average(); // each start counts alike, however long it was
        var observed = starts.Length < 2 ? 0
            : Math.Max(0, (centers.Sum(own => (own - middle) * (own - middle)) / (starts.Length - 1)) - (blocksVariance * starts.Average(start => 1.0 / start.Count)));
        var degrees = StartSpreadWeight + starts.Length - 1;
        var variance = ((StartSpreadWeight * StartSpread * StartSpread) + ((starts.Length - 1) * observed)) / degrees;
        double blocks = starts.Sum(start => start.Count);
        return StudentT.UpperQuantile(alpha / 2, degrees) * Math.Sqrt(variance * starts.Sum(start => start.Count / blocks * (start.Count / blocks)));
    }
}
