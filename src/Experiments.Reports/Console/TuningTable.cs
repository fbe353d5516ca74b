using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core.Tuning;

namespace Experiments.Reports.Console;

/// <summary>The answer of a tuning as a table: a row for each setting.</summary>
public static class TuningTable
{
    private const double Percent = 100;

    /// <summary>The table.</summary>
    /// <param name="report">The answer.</param>
    /// <param name="hasReasons">Whether the last column says why a setting was given up; else a cross does.</param>
    public static TextTable Of(TuningReport report, bool hasReasons = true) => new()
    {
        Columns =
        [
            new TextColumn("") { IsLeft = true },
            new TextColumn("num_workers") { IsSetting = true }, new TextColumn("prefetch_factor") { IsSetting = true, LeftOut = 3 }, new TextColumn("pin_memory") { IsSetting = true, LeftOut = 2 },
            new TextColumn("samples/s"), new TextColumn("against own"), new TextColumn("wait"), new TextColumn("CPU ms/sample") { LeftOut = 4 },
            new TextColumn("peak memory"), new TextColumn("worker start") { LeftOut = 1 }, new TextColumn("") { IsLeft = true },
        ],
        Rows = [.. report.Rows.Select(row => Cells(report, row, hasReasons))],
    };

    private static string[] Cells(TuningReport report, TuningRow row, bool hasReasons) =>
    [
        row.Setting == report.Chosen ? "→" : "",
        Text($"{row.Setting.NumWorkers}"),
        row.Setting.NumWorkers == 0 ? "–" : Text($"{row.Setting.PrefetchFactor ?? LoaderSetting.UsualPrefetchFactor}"),
        row.Setting.PinMemory ? "true" : "false",
        row.SamplesPerSecond is { } rate ? Text($"{rate:0.#}") : "–",
        row.Setting == report.Own ? "own" : Ratio(row),
        row.SamplesPerSecond is null ? "–" : Text($"{Percent * row.WaitFraction:0} %"),
        row.SamplesPerSecond is null ? "–" : Text($"{row.CpuMillisecondsPerSample:0.##}"),
        row.PeakBytes is { } peak ? Quantity.Bytes(peak) : "–",
        row.Setting.NumWorkers == 0 || row.SamplesPerSecond is null ? "–" : Text($"{row.StartSeconds:0.0} s"),
        row.GivenUp is null ? "" : hasReasons ? row.GivenUp : "✗",
    ];

    private static string Ratio(TuningRow row) => row switch
    {
        { Ratio: { } ratio, RatioFrom: { } from, RatioTo: { } to } => Text($"× {ratio:0.00} ({from:0.00} to {to:0.00})"),
        { Ratio: { } ratio } => Text($"× {ratio:0.00}"),
        _ => "–",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
