using System.Globalization;
using System.Text;

namespace Experiments.Reports.Pages;

/// <summary>A line of the last nights without axes: whether it held, fell or rose is all that it says.</summary>
internal static class Sparkline
{
    private const double Width = 180, Height = 32, Edge = 3;

    /// <summary>Movements of less fill no more than their part of the height: noise must not look like a fall.</summary>
    private const double LeastSpan = 0.1;

    /// <summary>The line as SVG; empty where there is nothing to draw.</summary>
    /// <param name="values">Values above 0 in the order of time; a gap where one is null.</param>
    /// <param name="label">What it shows, for those who cannot see it.</param>
    public static string Render(IReadOnlyList<double?> values, string label)
    {
        var known = values.OfType<double>().ToArray();
        if (known.Length == 0)
            return "";
        var (middle, span) = ((known.Min() + known.Max()) / 2, Math.Max(known.Max() - known.Min(), LeastSpan * known.Max()));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"spark\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"{PageShell.Escape(label)}\"><path d=\"");
        for (int at = 0, isDrawn = 0; at < values.Count; at++, isDrawn = values[at - 1] is null ? 0 : 1)
            if (values[at] is { } value)
                svg.Append(CultureInfo.InvariantCulture, $"{(isDrawn == 1 ? 'L' : 'M')}{X(at):0.#} {Y(value):0.#}{(isDrawn == 0 && (at + 1 == values.Count || values[at + 1] is null) ? "h.1" : "")}");
        var last = values.Count - 1 - values.Reverse().TakeWhile(value => value is null).Count();
        return svg.Append(CultureInfo.InvariantCulture, $"\"/><circle cx=\"{X(last):0.#}\" cy=\"{Y(known[^1]):0.#}\" r=\"2.5\"/></svg>").ToString();

        double X(int at) => values.Count == 1 ? Width / 2 : Edge + at * (Width - 2 * Edge) / (values.Count - 1);
        double Y(double value) => Height / 2 - (value - middle) / span * (Height - 2 * Edge);
    }
}
