namespace Experiments.Reports.Html;

/// <summary>A small line chart.</summary>
/// <param name="Title">The title.</param>
/// <param name="XName">The horizontal axis' name.</param>
/// <param name="Series">The lines.</param>
internal sealed record Chart(string Title, string XName, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>Whether the values are MiB.</summary>
    public bool IsMemory { get; init; }
}
