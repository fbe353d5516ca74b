using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Results;

namespace Experiments.Reports.Tables;

/// <summary>One configuration as people read it; the same figures in console, Markdown and HTML.</summary>
public sealed record ConfigurationRow
{
    /// <summary>What stands where nothing was measured.</summary>
    public const string Nothing = "–";

    private const double Mebibyte = 1024 * 1024;

    /// <summary>The configuration's values, by axis, with invisible characters written out; empty for an axis that it lacks.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>Median samples a second with half the spread of the trials: <c>812 ± 2.1 %</c>.</summary>
    public required string Throughput { get; init; }

    /// <summary>Median samples a second of the steady steps, where <see cref="Throughput"/> is that of whole epochs; else what stands for nothing.</summary>
    public required string Steady { get; init; }

    /// <summary>Change against the baseline with what could have been seen: <c>−3.1 % (sees 4.0 %)</c>.</summary>
    public required string Change { get; init; }

    /// <summary>Share of the time spent waiting for data.</summary>
    public required string Wait { get; init; }

    /// <summary>Time to the first batch.</summary>
    public required string FirstBatch { get; init; }

    /// <summary>Peak memory of the trial that took most; <c>≈ 21.3 GiB</c> where it was foreseen, not measured.</summary>
    public required string PeakMemory { get; init; }

    /// <summary>Measured trials of all, and for how long one was measured: <c>2/2 × 3.1 s</c>.</summary>
    public required string Trials { get; init; }

    /// <summary>The verdict.</summary>
    public required VerdictKind Verdict { get; init; }

    /// <summary>Makes a row.</summary>
    /// <param name="verdict">The configuration's verdict.</param>
    /// <param name="axes">The axes to show.</param>
    public static ConfigurationRow Of(ConfigurationVerdict verdict, IReadOnlyList<string> axes) => new()
    {
        Values = [.. axes.Select(axis => verdict.Configuration.Values.TryGetValue(axis, out var value) ? VisibleText.Of(value.Text) : "")],
        Throughput = verdict.SamplesPerSecond is { } rate
            ? Quantity.Rate(rate) + (verdict.SpreadPercent is { } spread ? $" ± {Quantity.Percent(spread)}" : "") : Nothing,
        Steady = verdict.ThroughputMetric == MetricKeys.EpochSamplesPerSecond && Median(verdict, MetricKeys.SamplesPerSecond) is { } steady ? Quantity.Rate(steady) : Nothing,
        Change = verdict.Throughput is { } change
            ? Signed(change.ChangePercent) + (change.MinimumDetectablePercent is { } least ? $" (sees {Quantity.Percent(least)})" : "") : Nothing,
        Wait = Median(verdict, MetricKeys.WaitFraction) is { } wait ? Quantity.Percent(wait * 100) : Nothing,
        FirstBatch = Median(verdict, MetricKeys.TimeToFirstBatchMilliseconds) is { } first ? first.ToString("0", CultureInfo.InvariantCulture) + " ms" : Nothing,
        PeakMemory = verdict.PeakMegabytes is { } peak ? Quantity.Bytes(peak * Mebibyte)
            : verdict.Verdict == VerdictKind.Foreseen && Median(verdict, MetricKeys.MemoryForeseenPeakMegabytes) is { } foreseen ? "≈ " + Quantity.Bytes(foreseen * Mebibyte) : Nothing,
        Trials = string.Create(CultureInfo.InvariantCulture, $"{verdict.MeasuredTrials}/{verdict.Trials}") + (Median(verdict, MetricKeys.MeasuredSeconds) is { } seconds ? $" × {Seconds(seconds)}" : ""),
        Verdict = verdict.Verdict,
    };

    private static string Seconds(double seconds) => seconds.ToString(seconds < 0.095 ? "0.00" : seconds < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " s";

    private static string Signed(double percent) => (percent < 0 ? "−" : "+") + Quantity.Percent(Math.Abs(percent));

    private static double? Median(ConfigurationVerdict verdict, string key) =>
        verdict.Medians.TryGetValue(key, out var value) && double.IsFinite(value) ? value : null;
}
