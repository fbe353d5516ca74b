using System.Reflection;

namespace Experiments.Reports.Pages;

/// <summary>What every page carries in itself: our style and scripts, and uPlot with its licence.</summary>
internal static class PageAssets
{
    private const string Prefix = "Pages.";

    /// <summary>The style of the pages.</summary>
    public static string Style { get; } = Read("page.css");

    /// <summary>The style of the charts.</summary>
    public static string ChartStyle { get; } = Read("uPlot.min.css");

    /// <summary>The chart library, with its licence as a comment before it. Source: https://github.com/leeoniya/uPlot, 1.6.32 as npm has it.</summary>
    public static string ChartLibrary { get; } = $"/*!\n{Read("uPlot.LICENSE").TrimEnd()}\n*/\n{Read("uPlot.iife.min.js")}";

    /// <summary>What draws an experiment's page.</summary>
    public static string Script { get; } = $"\"use strict\";\n(() => {{\n{string.Join('\n', new[] { "figures.js", "chart.js", "table.js", "history.js", "page.js" }.Select(Read))}\n}})();";

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name) ?? throw new FileNotFoundException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
