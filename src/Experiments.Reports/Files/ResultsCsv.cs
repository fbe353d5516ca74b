using System.Globalization;
using CsvHelper;
using Experiments.Analysis.Text;
using Experiments.Core.Results;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Files;

/// <summary>
/// <c>results.csv</c>: a row a trial. The columns: what was run, the axes in matrix order, how it ended, the known metrics in a fixed
/// order, then further metrics by name. RFC 4180, UTF-8, line feeds, invariant numbers. Text of others that a spreadsheet would run or a terminal obey
/// is marked by a <c>'</c>, see <see cref="CsvText"/>.
/// </summary>
public static class ResultsCsv
{
    private static readonly string[] KnownMetrics =
    [
        MetricKeys.SamplesPerSecond, MetricKeys.StepMillisecondsP50, MetricKeys.StepMillisecondsP95,
        MetricKeys.WaitMillisecondsP50, MetricKeys.WaitMillisecondsP95, MetricKeys.WaitFraction, MetricKeys.TimeToFirstBatchMilliseconds,
        MetricKeys.TrainLoss, MetricKeys.TrainAccuracy, MetricKeys.DevAccuracy,
        MetricKeys.MemoryPeakMegabytes, MetricKeys.MemoryPeakRssMegabytes, MetricKeys.MemorySharedMegabytes, MetricKeys.MemoryPageCacheMegabytes,
        MetricKeys.MemoryGrowthMegabytesPerStep, MetricKeys.MemoryGpuPeakMegabytes,
        MetricKeys.CpuUtilizationPercentage, MetricKeys.CpuContextSwitchesPerSecond,
    ];

    private static readonly string[] Before = ["trial_id", "configuration_id", "repeat", "purpose"];

    private static readonly string[] After = ["status", "verdict", "exit_code", "signal", "started_at", "duration_seconds"];

    private static readonly string[] Last = ["memory_method", "diagnostics"];

    /// <summary>The rows with their heading.</summary>
    /// <param name="report">The report.</param>
    public static string Render(SweepReport report)
    {
        var axes = ResultTable.AxesOf(report.Sweep);
        var metrics = KnownMetrics.Concat(report.Sweep.Trials.SelectMany(trial => trial.Metrics.Keys)
            .Except(KnownMetrics, StringComparer.Ordinal).Except([MetricKeys.DurationSeconds], StringComparer.Ordinal)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)).ToArray();
        var verdicts = report.Assessment.Configurations.ToDictionary(one => one.Configuration.Id, one => VerdictWords.Of(one.Verdict), StringComparer.Ordinal);
        string[] fixedColumns = [.. Before, .. After, .. metrics, .. Last];

        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            // An axis that bears a fixed column's name is told apart by its prefix.
            var heading = Before.Concat(axes.Select(axis => fixedColumns.Contains(axis, StringComparer.Ordinal) ? "axis." + axis : axis)).Concat(After).Concat(metrics).Concat(Last);
            csv.WriteRecord(heading.Select(CsvText.Of).ToArray());
            foreach (var trial in report.Sweep.Trials)
                csv.WriteRecord(Row(trial, axes, metrics, verdicts.GetValueOrDefault(trial.Configuration.Id, "")));
        }

        return text.ToString();
    }

    private static string[] Row(TrialResult trial, IReadOnlyList<string> axes, string[] metrics, string verdict) =>
    [
        trial.TrialId, trial.Configuration.Id, Text(trial.Repeat), Word(trial.Purpose.ToString()),
        .. axes.Select(axis => trial.Configuration.Values.TryGetValue(axis, out var value) ? CsvText.Of(value.Text) : ""),
        Word(trial.Status.ToString()), verdict, Text(trial.ExitCode), Text(trial.Signal),
        trial.StartedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), Text(trial.DurationSeconds),
        .. metrics.Select(metric => Text(trial.Metric(metric))),
        trial.Telemetry?.MemoryMethod ?? "", CsvText.Of(string.Join(" | ", trial.Diagnostics.Select(one => $"{one.Code}: {one.Message}"))),
    ];

    /// <summary>The word as results.json has it: camelCase.</summary>
    private static string Word(string word) => char.ToLowerInvariant(word[0]) + word[1..];

    private static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
