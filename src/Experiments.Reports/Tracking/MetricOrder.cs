using Experiments.Core.Results;

namespace Experiments.Reports.Tracking;

/// <summary>
/// Under which keys a trial's figures stand in MLflow, and in which order they are logged. The order is visible: MLflow's compare page ranks runs by the
/// metric that was logged first. So those that answer come first, then the curves, then the rest, and last what nobody compares.
/// </summary>
internal static class MetricOrder
{
    /// <summary>Before the keys of what nobody compares; it sorts behind all other prefixes of this program.</summary>
    public const string Usage = "usage/";

    private const int Digits = 4;

    private static readonly string[] First =
    [
        MetricKeys.SamplesPerSecond, MetricKeys.WaitFraction, MetricKeys.MemoryPeakMegabytes, MetricKeys.MemoryGpuPeakMegabytes, MetricKeys.EpochSamplesPerSecond,
        MetricKeys.StepMillisecondsP50, MetricKeys.StepMillisecondsP95, MetricKeys.TimeToFirstBatchMilliseconds, MetricKeys.MemoryGrowthMegabytesPerStep,
    ];

    private static readonly string[] Seldom =
    [
        MetricKeys.CpuContextSwitchesPerSecond, MetricKeys.CpuInvoluntarySwitchesPerSecond, MetricKeys.CpuUserSeconds, MetricKeys.CpuSystemSeconds,
        MetricKeys.MemoryMajorFaults, MetricKeys.MemoryMinorFaults, MetricKeys.MemorySharedFreeMegabytes, MetricKeys.MemoryPeakBoundMegabytes,
        MetricKeys.MemoryGrowthLowMegabytesPerStep, MetricKeys.MemoryGrowthHighMegabytesPerStep,
        MetricKeys.MeasuredSteps, MetricKeys.MeasuredSeconds, MetricKeys.EpochSamples, MetricKeys.LoaderEpochBatches,
    ];

    private static readonly string[] SeldomPrefixes = ["pressure/", "disk/", "io/"];

    /// <summary>The key in MLflow: as it is, but for letters that MLflow refuses; <c>usage/…</c> for what nobody compares.</summary>
    public static string KeyOf(string key) =>
        Seldom.Contains(key) || SeldomPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)) ? Usage + key.Replace('/', '_') : RunNames.Key(key);

    /// <summary>Whether a figure goes before the curves.</summary>
    public static bool Leads(string key) => First.Contains(key);

    /// <summary>The figures in their order, under their keys.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Sorted(IEnumerable<KeyValuePair<string, double>> figures) => figures
        .OrderBy(figure => Array.IndexOf(First, figure.Key) is >= 0 and var place ? place : First.Length)
        .Select(figure => KeyValuePair.Create(KeyOf(figure.Key), Rounded(figure.Value)))
        .OrderBy(figure => figure.Key.StartsWith(Usage, StringComparison.Ordinal)); // a stable sort

    /// <summary>Four significant digits, and all of those before the point: more of them are noise that hides the figure.</summary>
    public static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;
        var decimals = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return decimals <= 15 ? Math.Round(value, Math.Max(0, decimals)) : value;
    }
}
