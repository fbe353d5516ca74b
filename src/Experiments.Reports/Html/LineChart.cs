using System.Globalization;
using System.Net;
using System.Text;
using Experiments.Core;

namespace Experiments.Reports.Html;

/// <summary>Draws a chart as inline SVG: a line through the medians, a dot a trial, the vertical axis from zero.</summary>
internal static class LineChart
{
    private const double Width = 460, Height = 280, Left = 60, Right = 12, Top = 30, Bottom = 42;

    // Okabe and Ito's colours, which colour-blind readers tell apart.
    private static readonly string[] Colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999", "#F0E442"];

    public static string Render(Chart chart)
    {
        var xs = chart.Series.SelectMany(series => series.Points).Select(point => point.X).Distinct().Order().ToArray();
        var ticks = Ticks(chart.Series.SelectMany(series => series.Points).SelectMany(point => point.Values).Max());
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" role=\"img\" aria-label=\"{Text(chart.Title)}\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"16\">{Text(chart.Title)}</text>\n");
        foreach (var tick in ticks)
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick, ticks):0.#}\" y2=\"{Y(tick, ticks):0.#}\"/><text x=\"{Left - 6}\" y=\"{Y(tick, ticks) + 4:0.#}\" text-anchor=\"end\">{tick:0.###}</text>\n");
        foreach (var x in xs)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(x, xs):0.#}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{x:0.##}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right}\" y=\"{Height - 6}\" text-anchor=\"end\">{Text(chart.XName)}</text>\n");
        for (var i = 0; i < chart.Series.Count; i++)
            Line(svg, chart.Series[i], i, xs, ticks);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Line(StringBuilder svg, ChartSeries series, int index, double[] xs, double[] ticks)
    {
        var color = Colors[index % Colors.Length];
        var line = string.Join(' ', series.Points.Select(point => string.Create(
            CultureInfo.InvariantCulture, $"{X(point.X, xs):0.#},{Y(point.Figure, ticks):0.#}")));
        var dashes = index % 2 == 1 ? " stroke-dasharray=\"5 3\"" : "";
        svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"{dashes} points=\"{line}\"/>");
        foreach (var point in series.Points)
            foreach (var value in point.Values)
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(point.X, xs):0.#}\" cy=\"{Y(value, ticks):0.#}\" r=\"2.5\" fill=\"{color}\" fill-opacity=\"0.6\"/>");
        if (series.Name.Length > 0)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right}\" y=\"{Height - Bottom - 8 - 14 * index}\" text-anchor=\"end\" style=\"fill:{color}\">{Text(series.Name)}</text>");
        svg.Append('\n');
    }

    /// <summary>Worker counts are spaced evenly in their order: 0, 1, 2, 4, 8, 16 would otherwise crowd at the left.</summary>
    private static double X(double x, double[] xs) =>
        xs.Length == 1 ? (Left + Width - Right) / 2 : Left + 14 + Array.IndexOf(xs, x) * (Width - Left - Right - 28) / (xs.Length - 1);

    private static double Y(double y, double[] ticks) => Height - Bottom - y / ticks[^1] * (Height - Top - Bottom);

    /// <summary>Four or so round steps from zero to above the largest value.</summary>
    private static double[] Ticks(double largest)
    {
        if (!(largest > 0))
            return [0, 1];
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(largest / 4)));
        var step = magnitude * new[] { 1.0, 2, 2.5, 5, 10 }.First(factor => factor * magnitude * 4 >= largest * 0.999);
        return [.. Enumerable.Range(0, (int)Math.Ceiling(largest / step - 1e-9) + 1).Select(i => i * step)];
    }

    private static string Text(string text) => WebUtility.HtmlEncode(VisibleText.Of(text));
}
