using Experiments.Analysis.Statistics;
using Experiments.Core.Baselines;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

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
        var points = sweeps.Where(sweep => sweep.MachineId == machineId).DistinctBy(sweep => sweep.SweepId).OrderBy(sweep => sweep.StartedAt)
            .SelectMany(sweep => sweep.Configurations, (sweep, one) => (one.Configuration, Point: PointOf(sweep, one))).Where(one => one.Point is not null)
            .GroupBy(one => one.Configuration.Id).Select(group => (group.Last().Configuration, Points: group.Select(one => one.Point!).ToArray())).ToArray();
        return [.. points.Select(one => Of(one.Configuration, one.Points, points.Length))];
    }

    private static ConfigurationHistory Of(Configuration configuration, HistoryPoint[] points, int family)
    {
        var (changes, drift) = Trend.Explain(points, family);
        return new ConfigurationHistory(configuration, points, changes, drift);
    }

    private static HistoryPoint? PointOf(PastSweep sweep, BaselineConfiguration one)
    {
        var repeats = (one.Metrics.GetValueOrDefault(MetricKeys.SamplesPerSecond) ?? []).Where(value => value > 0 && double.IsFinite(value)).ToArray();
        return repeats.Length == 0 ? null : new HistoryPoint(sweep.StartedAt, RobustLocation.Median(repeats), sweep.Commit, sweep.SweepId);
    }
}
