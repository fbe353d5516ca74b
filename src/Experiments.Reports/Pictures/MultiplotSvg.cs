using System.Text;
using ScottPlot;
using SkiaSharp;

namespace Experiments.Reports.Pictures;

/// <summary>What the library does for one plot, for several.</summary>
internal static class MultiplotSvg
{
    public static string GetSvgXml(this Multiplot plots, int width, int height)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), stream))
            plots.Render(canvas, new PixelRect(0, width, height, 0));
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
