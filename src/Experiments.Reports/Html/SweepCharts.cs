using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Reports.Html;

/// <summary>For each dataset: throughput and peak memory against the number of workers, a line for each setting of the other axes.</summary>
internal static class SweepCharts
{
    private const int MostSeries = 8;

    public static IEnumerable<DatasetCharts> Of(SweepReport report)
    {
        foreach (var dataset in report.Sweep.Configurations.Where(one => one.NumWorkers is not null).GroupBy(one => one.Dataset))
        {
            var name = dataset.Key is null ? "" : $", {dataset.Key}";
            var charts = new[] { ("samples/s", MetricKeys.SamplesPerSecond), ("peak memory, MiB", MetricKeys.MemoryPeakMegabytes) }
                .Select(measure => new Chart(measure.Item1 + name, AxisNames.NumWorkers, SeriesOf([.. dataset], report.Sweep, measure.Item2))
                {
                    IsMemory = measure.Item2 == MetricKeys.MemoryPeakMegabytes,
                })
                .Where(chart => chart.Series.Count > 0).ToList();
            if (charts.Count > 0)
                yield return new DatasetCharts(dataset.Key, charts);
        }
    }

    private static List<ChartSeries> SeriesOf(IReadOnlyList<Configuration> configurations, SweepResult sweep, string key)
    {
        var values = sweep.Trials.Where(trial => trial.IsMeasured && trial.Metric(key) is { } value && double.IsFinite(value))
            .ToLookup(trial => trial.Configuration.Id, trial => trial.Metric(key)!.Value, StringComparer.Ordinal);
        return
        [
            .. configurations.GroupBy(OtherAxes, StringComparer.Ordinal)
                .Select(group => new ChartSeries(group.Key, [.. group.Where(one => values.Contains(one.Id))
                    .Select(one => new ChartPoint(one.NumWorkers!.Value, [.. values[one.Id]])).OrderBy(point => point.X)]))
                .Where(series => series.Points.Count > 0)
                .Take(MostSeries),
        ];
    }

    private static string OtherAxes(Configuration configuration) => string.Join(
        ' ', configuration.Values.Where(value => value.Key is not (AxisNames.Dataset or AxisNames.NumWorkers)).Select(value => $"{value.Key}={value.Value.Text}"));
}
