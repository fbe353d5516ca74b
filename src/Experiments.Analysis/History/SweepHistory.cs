using Experiments.Analysis.Statistics;
using Experiments.Analysis.Throughput;
using Experiments.Core.Baselines;
using Experiments.Core.Matrix;

namespace Experiments.Analysis.History;

/// <summary>What earlier sweeps say together.</summary>
public static class SweepHistory
{
    /// <summary>The history of each configuration. Sweeps of different machines are never put in one line.</summary>
    /// <param name="sweeps">Sweeps in any order; of those with the same id the first counts.</param>
    /// <param name="machineId">The machine.</param>
    /// <returns>Configurations in the order in which they came up.</returns>
    public static IReadOnlyList<ConfigurationHistory> Of(IEnumerable<PastSweep> sweeps, string machineId)
    {
        var known = sweeps.Where(sweep => sweep.MachineId == machineId).DistinctBy(sweep => sweep.SweepId).OrderBy(sweep => sweep.StartedAt).ToArray();
        var keys = known.SelectMany(sweep => sweep.Configurations).GroupBy(one => one.Configuration.Id).ToDictionary(one => one.Key, ThroughputMetric.Of, StringComparer.Ordinal);
        var points = known
            .SelectMany(sweep => sweep.Configurations, (sweep, one) => (one.Configuration, Point: PointOf(sweep, one, keys[one.Configuration.Id]))).Where(one => one.Point is not null)
            .GroupBy(one => one.Configuration.Id).Select(group => (group.Last().Configuration, Points: group.Select(one => one.Point!).ToArray())).ToArray();
        return [.. points.Select(one => Of(one.Configuration, one.Points, points.Length))];
    }

    private static ConfigurationHistory Of(Configuration configuration, HistoryPoint[] points, int family)
    {
        var (changes, drift) = Trend.Explain(points, family);
        return new ConfigurationHistory(configuration, points, changes, drift);
    }

    private static HistoryPoint? PointOf(PastSweep sweep, BaselineConfiguration one, string key)
    {
        var repeats = ThroughputMetric.Values(one, key);
        return repeats.Length == 0 ? null : new HistoryPoint(sweep.StartedAt, RobustLocation.Median(repeats), sweep.Commit, sweep.SweepId)
        {
            Low = repeats.Min(), High = repeats.Max(),
        };
    }
}
