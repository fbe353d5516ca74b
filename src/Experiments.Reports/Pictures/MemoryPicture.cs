using System.Globalization;
using Experiments.Analysis.Text;
using ScottPlot;

namespace Experiments.Reports.Pictures;

/// <summary>The memory of one configuration's trials over time.</summary>
internal sealed record MemoryPicture
{
    /// <summary>Pixels; SVG scales anyway.</summary>
    public const int Width = 1200, Height = 520;

    private const double Mebibyte = 1024 * 1024;

    /// <summary>The limit is drawn when the curve still fills at least this share of the height below it.</summary>
    private const double LeastShare = 0.3;

    private static readonly Color Shared = Color.FromHex("#D55E00");

    // Blues and greens; further repeats begin again.
    private static readonly Color[] Lines = [Color.FromHex("#0072B2"), Color.FromHex("#009E73"), Color.FromHex("#56B4E9"), Color.FromHex("#CC79A7")];

    /// <summary>The configuration in words.</summary>
    public required string Name { get; init; }

    /// <summary>The curves with the numbers of their repeats.</summary>
    public required IReadOnlyList<(int Repeat, MemoryCurve Curve)> Trials { get; init; }

    /// <summary>The stretches of the first trial.</summary>
    public required IReadOnlyList<TrialSpan> Spans { get; init; }

    /// <summary>How memory was measured.</summary>
    public required string Method { get; init; }

    /// <summary>The limit in bytes, or null.</summary>
    public double? LimitBytes { get; init; }

    /// <summary>The peak that was foreseen, in bytes, or null.</summary>
    public double? ForeseenBytes { get; init; }

    private double Peak => Trials.Max(trial => trial.Curve.UsedBytes.Max());

    /// <summary>Draws it.</summary>
    public Plot Draw()
    {
        var (unit, unitName) = Math.Max(Peak, LimitIsShown ? LimitBytes!.Value : 0) >= 1024 * Mebibyte ? (1024 * Mebibyte, "GiB") : (Mebibyte, "MiB");
        var top = 1.18 * Math.Max(Peak, LimitIsShown ? LimitBytes!.Value : ForeseenIsShown ? ForeseenBytes!.Value : 0) / unit;
        var end = Trials.Max(trial => trial.Curve.Seconds[^1]);
        var plot = new Plot();
        AddSpans(plot, top, end);
        AddShared(plot, unit);
        foreach (var ((repeat, curve), index) in Trials.Select((trial, index) => (trial, index)))
        {
            var line = plot.Add.ScatterLine(curve.Seconds, [.. curve.UsedBytes.Select(bytes => bytes / unit)], Lines[index % Lines.Length]);
            line.LineWidth = 2.2f;
            line.LegendText = string.Create(CultureInfo.InvariantCulture, $"trial {repeat}: peak {Quantity.Bytes(curve.UsedBytes.Max())}");
        }

        if (LimitIsShown)
            Level(plot, LimitBytes!.Value / unit, $"limit {Quantity.Bytes(LimitBytes.Value)}", PictureStyle.Red);
        if (ForeseenIsShown)
            Level(plot, ForeseenBytes!.Value / unit, $"foreseen {Quantity.Bytes(ForeseenBytes.Value)}", PictureStyle.Soft);
        var far = LimitBytes is { } limit && !LimitIsShown ? $"; limit {Quantity.Bytes(limit)}, beyond the picture" : "";
        PictureStyle.Apply(plot, Name, $"memory, {unitName}", $"seconds since the trial's start\nanonymous + shared memory of the process tree, page cache apart\nmeasured by {Method}{far}");
        plot.ShowLegend(Edge.Right);
        plot.Axes.SetLimits(0, Math.Max(end, 0.1), 0, top);
        return plot;
    }

    private bool LimitIsShown => LimitBytes is { } limit && Peak >= LeastShare * limit;

    private bool ForeseenIsShown => ForeseenBytes is { } foreseen && foreseen <= 1.5 * Math.Max(Peak, LimitIsShown ? LimitBytes!.Value : 0);

    // Skia's SVG has no dashes: it says so on standard error, and draws none.
    private static void Level(Plot plot, double y, string text, Color color)
    {
        var line = plot.Add.HorizontalLine(y, 1.8f, color);
        line.LegendText = text;
    }

    private void AddSpans(Plot plot, double top, double end)
    {
        foreach (var span in Spans)
        {
            var isMeasured = span.Name == TrialSpan.Measured;
            var shade = plot.Add.HorizontalSpan(span.From, Math.Min(span.To, end), isMeasured ? Color.FromHex("#ddf4ff") : span.Name == "warm-up" ? Color.FromHex("#fff8c5") : Color.FromHex("#f0f2f5"));
            shade.LineStyle.Width = 0;
            if (span.To - span.From < 0.09 * end)
                continue; // no room for its name
            var label = plot.Add.Text(span.Name, (span.From + Math.Min(span.To, end)) / 2, top * 0.985);
            (label.LabelFontColor, label.LabelFontSize, label.LabelAlignment) = (PictureStyle.Soft, 15, Alignment.UpperCenter);
        }
    }

    private void AddShared(Plot plot, double unit)
    {
        var curve = Trials[0].Curve;
        if (curve.SharedBytes.Max() < 0.02 * Peak)
            return;
        var area = plot.Add.FillY(curve.Seconds, new double[curve.Seconds.Length], [.. curve.SharedBytes.Select(bytes => bytes / unit)]);
        area.FillColor = Shared.WithAlpha(0.28);
        area.LineColor = Shared.WithAlpha(0.7);
        area.LegendText = string.Create(CultureInfo.InvariantCulture, $"of trial {Trials[0].Repeat} shared: up to {Quantity.Bytes(curve.SharedBytes.Max())}");
    }
}
