namespace Experiments.Reports.Html;

/// <summary>The charts of one dataset.</summary>
/// <param name="Dataset">The dataset, or null when the matrix has no such axis.</param>
/// <param name="Charts">Throughput, then peak memory in MiB, where measured.</param>
internal sealed record DatasetCharts(string? Dataset, IReadOnlyList<Chart> Charts)
{
    /// <summary>Whether a chart shows more than one number of workers.</summary>
    public bool HasLine => Charts.Any(chart => chart.Series.Any(series => series.Points.Count > 1));
}
