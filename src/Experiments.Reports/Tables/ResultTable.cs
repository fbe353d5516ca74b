using Experiments.Core.Results;

namespace Experiments.Reports.Tables;

/// <summary>The final table of a sweep, free of any medium.</summary>
public sealed record ResultTable
{
    /// <summary>The heading of the peak memory.</summary>
    public const string PeakMemory = "peak memory";

    /// <summary>The columns' headings.</summary>
    public required IReadOnlyList<string> Headings { get; init; }

    /// <summary>How many of the first columns are axes, which are set to the left.</summary>
    public required int AxisColumns { get; init; }

    /// <summary>A row a configuration, in matrix order.</summary>
    public required IReadOnlyList<ConfigurationRow> Rows { get; init; }

    /// <summary>Whether anything was compared with a baseline, so that the change has a column.</summary>
    public required bool HasChanges { get; init; }

    /// <summary>Lays a report out.</summary>
    /// <param name="report">The report.</param>
    public static ResultTable Of(SweepReport report)
    {
        var axes = AxesOf(report.Sweep);
        var hasChanges = report.Assessment.Configurations.Any(one => one.Throughput is not null);
        return new ResultTable
        {
            Headings = [.. axes, "samples/s", .. hasChanges ? ["vs baseline"] : Array.Empty<string>(), "wait", "first batch", PeakMemory, "trials", "verdict"],
            AxisColumns = axes.Count,
            Rows = [.. report.Assessment.Configurations.Select(one => ConfigurationRow.Of(one, axes))],
            HasChanges = hasChanges,
        };
    }

    /// <summary>All axes of a sweep, in the order in which they first appear.</summary>
    /// <param name="sweep">The sweep.</param>
    public static IReadOnlyList<string> AxesOf(SweepResult sweep) =>
        [.. sweep.Configurations.SelectMany(one => one.Values.Keys).Distinct(StringComparer.Ordinal)];

    /// <summary>The cells of a row but for the verdict, which media colour.</summary>
    /// <param name="row">The row.</param>
    public IReadOnlyList<string> Cells(ConfigurationRow row) =>
        [.. row.Values, row.Throughput, .. HasChanges ? [row.Change] : Array.Empty<string>(), row.Wait, row.FirstBatch, row.PeakMemory, row.Trials];
}
