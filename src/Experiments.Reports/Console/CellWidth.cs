using Spectre.Console.Rendering;

namespace Experiments.Reports.Console;

/// <summary>How many cells of a terminal a text takes: letters of East Asia take two.</summary>
internal static class CellWidth
{
    public static int Of(string text) => new Segment(text).CellCount();

    /// <summary>The beginning of a text that fits, with an ellipsis where something is left out.</summary>
    public static string Cut(string text, int width)
    {
        if (Of(text) <= width)
            return text;
        var end = text.Length;
        while (end > 0 && Of(text[..end]) > width - 1)
            end -= end > 1 && char.IsLowSurrogate(text[end - 1]) ? 2 : 1;
        return width <= 0 ? "" : text[..end] + "…";
    }
}
