using Experiments.Core;
using Experiments.Core.Results;

namespace Experiments.Reports.Tables;

/// <summary>The final table of a sweep, free of any medium.</summary>
public sealed record ResultTable
{
    /// <summary>The heading of the peak memory.</summary>
    public const string PeakMemory = "peak memory";

    /// <summary>The heading of the change against the baseline.</summary>
    public const string Change = "vs baseline";

    /// <summary>The heading of the share of time spent waiting for data.</summary>
    public const string Wait = "wait";

    /// <summary>The heading of the time to the first batch.</summary>
    public const string FirstBatch = "first batch";

    /// <summary>The heading of the measured trials of all.</summary>
    public const string Trials = "trials";

    /// <summary>The heading of the rate of the steady steps, beside that of whole epochs.</summary>
    public const string Steady = "steady";

    private const double LeastCostOfEpochs = 0.02;

    /// <summary>The columns' headings.</summary>
    public required IReadOnlyList<string> Headings { get; init; }

    /// <summary>How many of the first columns are axes, which are set to the left.</summary>
    public required int AxisColumns { get; init; }

    /// <summary>A row a configuration, in matrix order.</summary>
    public required IReadOnlyList<ConfigurationRow> Rows { get; init; }

    /// <summary>Whether anything was compared with a baseline, so that the change has a column.</summary>
    public required bool HasChanges { get; init; }

    /// <summary>Whether the start and end of epochs cost some configuration enough for the steady rate to have a column as well.</summary>
    public required bool HasSteady { get; init; }

    /// <summary>Lays a report out.</summary>
    /// <param name="report">The report.</param>
    public static ResultTable Of(SweepReport report)
    {
        var axes = AxesOf(report.Sweep);
        var hasSteady = report.Assessment.Configurations.Any(CostsOfEpochs);
        var hasChanges = report.Assessment.Configurations.Any(one => one.Throughput is not null);
        return new ResultTable
        {
            Headings = [.. axes.Select(VisibleText.Of), "samples/s", .. hasSteady ? [Steady] : Array.Empty<string>(), .. hasChanges ? [Change] : Array.Empty<string>(), Wait, FirstBatch, PeakMemory, Trials, "verdict"],
            AxisColumns = axes.Count,
            Rows = [.. report.Assessment.Configurations.Select(one => ConfigurationRow.Of(one, axes))],
            HasChanges = hasChanges,
            HasSteady = hasSteady,
        };
    }

    /// <summary>All axes of a sweep, in the order in which they first appear.</summary>
    /// <param name="sweep">The sweep.</param>
    public static IReadOnlyList<string> AxesOf(SweepResult sweep) =>
        [.. sweep.Configurations.SelectMany(one => one.Values.Keys).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether whole epochs are slower than their steady steps by so much that both figures are worth showing.</summary>
    private static bool CostsOfEpochs(ConfigurationVerdict verdict) => verdict.ThroughputMetric == MetricKeys.EpochSamplesPerSecond
        && verdict.Medians.TryGetValue(MetricKeys.SamplesPerSecond, out var steady) && verdict.SamplesPerSecond < (1 - LeastCostOfEpochs) * steady;

    /// <summary>The cells of a row but for the verdict, which media colour.</summary>
    /// <param name="row">The row.</param>
    public IReadOnlyList<string> Cells(ConfigurationRow row) =>
        [.. row.Values, row.Throughput, .. HasSteady ? [row.Steady] : Array.Empty<string>(), .. HasChanges ? [row.Change] : Array.Empty<string>(), row.Wait, row.FirstBatch, row.PeakMemory, row.Trials];
}
