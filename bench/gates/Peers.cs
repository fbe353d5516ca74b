using Experiments.Analysis.Statistics;
using Experiments.Analysis.Throughput;

namespace Experiments.Bench.Gates;

/// <summary>What others do with the same data: each says whether one configuration is red.</summary>
internal static class Peers
{
    /// <summary>As github-action-benchmark does: one value against the previous one, a fixed percentage.</summary>
    public static bool FixedPercentage(ThroughputSeries series, double percent) =>
        series.Current[0].SamplesPerSecond < series.Baseline[^1] * (1 - percent / 100);

    /// <summary>Student's t-test on each configuration by itself, uncorrected.</summary>
    public static bool TTest(ThroughputSeries series, double level)
    {
        var (now, before) = (Now(series), series.Baseline);
        var pooled = (Scatter(now) + Scatter(before)) / (now.Length + before.Count - 2);
        var t = (now.Average() - before.Average()) / Math.Sqrt(pooled * (1.0 / now.Length + 1.0 / before.Count));
        return StudentT.LowerTail(t, now.Length + before.Count - 2) < level;
    }

    /// <summary>The exact Mann-Whitney test on each configuration by itself, uncorrected.</summary>
    public static bool MannWhitney(ThroughputSeries series, double level)
    {
        var now = Now(series);
        var wins = now.Sum(value => series.Baseline.Count(old => value > old));
        return Distribution(now.Length, series.Baseline.Count).Take(wins + 1).Sum() < level;
    }

    private static double[] Now(ThroughputSeries series) => [.. series.Current.Select(trial => trial.SamplesPerSecond)];

    private static double Scatter(IReadOnlyList<double> values) => values.Sum(value => (value - values.Average()) * (value - values.Average()));

    /// <summary>The chance of each number of wins when both samples are alike.</summary>
    private static double[] Distribution(int first, int second)
    {
        var ways = new double[first + 1, second + 1][];
        for (var i = 0; i <= first; i++)
            for (var j = 0; j <= second; j++)
            {
                ways[i, j] = new double[first * second + 1];
                if (i == 0 || j == 0)
                    ways[i, j][0] = 1;
                else
                    for (var wins = 0; wins <= i * j; wins++)
                        ways[i, j][wins] = (wins >= j ? ways[i - 1, j][wins - j] : 0) + ways[i, j - 1][wins];
            }

        var total = ways[first, second].Sum();
        return Array.ConvertAll(ways[first, second], count => count / total);
    }
}
