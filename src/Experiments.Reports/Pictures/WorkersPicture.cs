using Experiments.Analysis.Text;
using Experiments.Reports.Html;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;

namespace Experiments.Reports.Pictures;

/// <summary>One dataset's throughput and peak memory against the number of workers: a line through the table's figures, a bar from the least trial to the most.</summary>
internal sealed record WorkersPicture
{
    /// <summary>Pixels; SVG scales anyway.</summary>
    public const int Width = 1200, Height = 480;

    private const double MebibytesOfGibibyte = 1024, Mebibyte = 1024 * 1024;

    /// <summary>The limit is drawn when the largest peak fills at least this share of it.</summary>
    private const double LeastShare = 0.3;

    /// <summary>Lines stand this far apart, of the distance between two counts, so that their bars do not hide each other.</summary>
    private const double Apart = 0.05;

    /// <summary>What is drawn.</summary>
    public required DatasetCharts Charts { get; init; }

    /// <summary>The memory limit in bytes, or null.</summary>
    public double? LimitBytes { get; init; }

    /// <summary>Draws it, a plot a chart, side by side.</summary>
    public Multiplot Draw()
    {
        var multiplot = new Multiplot();
        multiplot.AddPlots(Charts.Charts.Count);
        multiplot.Layout = new Columns();
        foreach (var (chart, index) in Charts.Charts.Select((chart, index) => (chart, index)))
            Draw(multiplot.GetPlot(index), chart);
        return multiplot;
    }

    private void Draw(Plot plot, Chart chart)
    {
        var counts = chart.Series.SelectMany(series => series.Points).Select(point => point.X).Distinct().Order().ToList();
        var largest = chart.Series.SelectMany(series => series.Points).SelectMany(point => point.Values).Max();
        var limit = chart.IsMemory && LimitBytes / Mebibyte is { } bound && largest >= LeastShare * bound ? bound : (double?)null;
        var unit = chart.IsMemory && Math.Max(largest, limit ?? 0) >= MebibytesOfGibibyte ? MebibytesOfGibibyte : 1;
        foreach (var (series, index) in chart.Series.Select((series, index) => (series, index)))
            Line(plot, series, index, (count, value) => new Coordinates(counts.IndexOf(count) + (index - (chart.Series.Count - 1) / 2.0) * Apart, value / unit));
        if (limit is not null)
        {
            plot.Add.HorizontalLine(limit.Value / unit, 1.8f, PictureStyle.Red);
            var label = plot.Add.Text($"limit {Quantity.Bytes(LimitBytes!.Value)}", -0.35, limit.Value / unit);
            (label.LabelFontColor, label.LabelFontSize, label.LabelAlignment) = (PictureStyle.Red, 14, Alignment.LowerLeft);
        }

        PictureStyle.Apply(plot, unit == 1 ? chart.Title : chart.Title.Replace("memory, MiB", "memory, GiB", StringComparison.Ordinal), "", chart.XName);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. counts.Select(count => (double)counts.IndexOf(count))], [.. counts.Select(Quantity.Rate)]);
        plot.Axes.SetLimits(-0.4, counts.Count - 0.6, 0, 1.12 * Math.Max(largest, limit ?? 0) / unit);
        plot.Legend.Alignment = Alignment.LowerRight; // where rising lines leave room
        (plot.Legend.OutlineWidth, plot.Legend.ShadowColor) = (0, Colors.Transparent);
    }

    private static void Line(Plot plot, ChartSeries series, int index, Func<double, double, Coordinates> place)
    {
        var color = PictureStyle.Series[index % PictureStyle.Series.Count];
        foreach (var point in series.Points)
        {
            var bar = plot.Add.Line(place(point.X, point.Values.Min()), place(point.X, point.Values.Max()));
            (bar.LineColor, bar.LineWidth) = (color.WithAlpha(0.45), 7);
        }

        var line = plot.Add.Scatter(series.Points.Select(point => place(point.X, point.Figure)).ToList(), color);
        (line.LineWidth, line.MarkerSize) = (2.2f, 10);
        line.MarkerShape = index % 2 == 1 ? MarkerShape.FilledSquare : MarkerShape.FilledCircle; // Skia's SVG has no dashes
        line.LegendText = series.Name;
    }
}
