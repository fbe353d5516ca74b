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
            var verdicts = report.Assessment.Configurations.Where(one => one.Configuration.NumWorkers is not null && one.Configuration.Dataset == dataset.Key).ToList();
            var charts = new[] { ("samples/s", false), ("peak memory, MiB", true) }
                .Select(measure => new Chart(measure.Item1 + name, AxisNames.NumWorkers, SeriesOf(verdicts, report.Sweep, measure.Item2)) { IsMemory = measure.Item2 })
                .Where(chart => chart.Series.Count > 0).ToList();
            if (charts.Count > 0)
                yield return new DatasetCharts(dataset.Key, charts);
        }
    }

    private static List<ChartSeries> SeriesOf(IReadOnlyList<ConfigurationVerdict> verdicts, SweepResult sweep, bool isMemory)
    {
        var trials = sweep.Trials.Where(trial => trial.IsMeasured).ToLookup(trial => trial.Configuration.Id, StringComparer.Ordinal);
        return
        [
            .. verdicts.GroupBy(one => OtherAxes(one.Configuration), StringComparer.Ordinal)
                .Select(group => new ChartSeries(group.Key, [.. group.Select(Point).OfType<ChartPoint>().OrderBy(point => point.X)]))
                .Where(series => series.Points.Count > 0)
                .Take(MostSeries),
        ];

        ChartPoint? Point(ConfigurationVerdict verdict)
        {
            var key = isMemory ? MetricKeys.MemoryPeakMegabytes : verdict.ThroughputMetric;
            var values = trials[verdict.Configuration.Id].Select(trial => trial.Metric(key)).OfType<double>().Where(double.IsFinite).ToArray();
            return values.Length > 0 && (isMemory ? verdict.PeakMegabytes : verdict.SamplesPerSecond) is { } figure ? new ChartPoint(verdict.Configuration.NumWorkers!.Value, figure, values) : null;
        }
    }

    private static string OtherAxes(Configuration configuration) => string.Join(
        ' ', configuration.Values.Where(value => value.Key is not (AxisNames.Dataset or AxisNames.NumWorkers)).Select(value => $"{value.Key}={value.Value.Text}"));
}
