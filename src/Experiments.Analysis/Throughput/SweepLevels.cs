using Experiments.Analysis.Statistics;
using Experiments.Core.Baselines;

namespace Experiments.Analysis.Throughput;

/// <summary>
/// How the machine's speed differs from sweep to sweep. Trials of one sweep share the night that they ran in, so what several sweeps have in
/// common says nothing of the next one; how far they lie apart does.
/// </summary>
public static class SweepLevels
{
    private const int LeastSweeps = 3;

    /// <summary>Fewer configurations do not show what they have in common.</summary>
    private const int LeastConfigurations = 4;

    /// <summary>
    /// How much slower or faster than the baseline's sweeps another may be through the machine alone: the end of the prediction interval for one more level,
    /// t·s·√(1 + 1/n).
    /// </summary>
    /// <param name="sweeps">The baseline by sweep.</param>
    /// <param name="level">Chance that the next is slower still.</param>
    /// <returns>A positive logarithm; 0 where the baseline has too few sweeps or configurations to tell.</returns>
    public static double Extent(IReadOnlyList<IReadOnlyList<BaselineConfiguration>> sweeps, double level)
    {
        var keys = sweeps.SelectMany(sweep => sweep).GroupBy(one => one.Configuration.Id).ToDictionary(one => one.Key, ThroughputMetric.Of, StringComparer.Ordinal);
        var byId = sweeps.SelectMany((sweep, night) => sweep.Select(one => (one.Configuration.Id, Night: night, Log: Log(one, keys[one.Configuration.Id]))))
            .Where(one => one.Log is not null).GroupBy(one => one.Id).Where(one => one.Count() == sweeps.Count);
        return Extent([.. byId.Select(one => one.OrderBy(point => point.Night).Select(point => point.Log!.Value).ToArray())], sweeps.Count, level);
    }

    /// <summary>The same from the mean logarithms of the configurations that all sweeps measured.</summary>
    /// <param name="configurations">Each configuration's means, one a sweep.</param>
    /// <param name="sweeps">How many sweeps there are.</param>
    /// <param name="level">Chance that the next is slower still.</param>
    public static double Extent(IReadOnlyList<double[]> configurations, int sweeps, double level)
    {
        if (sweeps < LeastSweeps || configurations.Count < LeastConfigurations)
            return 0;
        var levels = Enumerable.Range(0, sweeps).Select(night => RobustLocation.Median(configurations.Select(one => one[night] - one.Average()))).ToArray();
        var spread = Math.Sqrt(levels.Sum(one => (one - levels.Average()) * (one - levels.Average())) / (levels.Length - 1));
        return StudentT.UpperQuantile(level, levels.Length - 1) * spread * Math.Sqrt(1 + 1.0 / levels.Length);
    }

    private static double? Log(BaselineConfiguration one, string key)
    {
        var values = ThroughputMetric.Values(one, key);
        return values.Length == 0 ? null : values.Average(value => Math.Log(value));
    }
}
