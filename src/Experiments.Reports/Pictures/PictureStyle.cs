using ScottPlot;
using SkiaSharp;

namespace Experiments.Reports.Pictures;

/// <summary>How all pictures look.</summary>
internal static class PictureStyle
{
    // Of those that the machine has, the first; without one of them the library's own choice.
    private static readonly string[] Families = ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Open Sans", "Segoe UI", "Helvetica", "Arial"];

    /// <summary>Text and axes.</summary>
    public static Color Ink { get; } = Color.FromHex("#1f2328");

    /// <summary>What stands back.</summary>
    public static Color Soft { get; } = Color.FromHex("#57606a");

    /// <summary>Limits.</summary>
    public static Color Red { get; } = Color.FromHex("#cf222e");

    /// <summary>Okabe and Ito's colours, which colour-blind readers tell apart.</summary>
    public static IReadOnlyList<Color> Series { get; } =
        [.. new[] { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999", "#8A8000" }.Select(Color.FromHex)];

    /// <summary>Gives a plot its title and labels, and takes away what is not needed.</summary>
    public static void Apply(Plot plot, string title, string yLabel, string xLabel)
    {
        plot.Title(title, 19);
        plot.XLabel(xLabel, 15);
        plot.YLabel(yLabel, 16);
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Axes.Color(Ink);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 14;
        plot.Axes.Right.FrameLineStyle.Width = plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = Ink.WithAlpha(0.08);
        (plot.Legend.FontSize, plot.Legend.OutlineWidth, plot.Legend.ShadowColor) = (14, 0, Colors.Transparent);
        if (SKFontManager.Default.FontFamilies.FirstOrDefault(family => Families.Contains(family)) is { } known)
            plot.Font.Set(known);
    }
}
