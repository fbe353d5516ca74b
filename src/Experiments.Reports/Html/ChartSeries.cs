namespace Experiments.Reports.Html;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Points">By rising X.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);
