using Experiments.Core.Baselines;
using Experiments.Core.Results;

namespace Experiments.Analysis.Throughput;

/// <summary>Which metric is the throughput: that over whole epochs, which the training feels, where all that is compared has it; else that of the steady steps.</summary>
internal static class ThroughputMetric
{
    /// <summary>The metric by which trials of one configuration are compared, with its accepted repeats where there are such.</summary>
    /// <param name="trials">The configuration's measured trials.</param>
    /// <param name="accepted">Its accepted repeats, or null.</param>
    public static string Of(IReadOnlyCollection<TrialResult> trials, BaselineConfiguration? accepted) =>
        trials.Count > 0 && trials.All(trial => IsRate(trial.Metric(MetricKeys.EpochSamplesPerSecond))) && (accepted is null || HasEpochs(accepted))
            ? MetricKeys.EpochSamplesPerSecond
            : MetricKeys.SamplesPerSecond;

    /// <summary>The metric by which results of one configuration are compared.</summary>
    /// <param name="results">The results of several sweeps.</param>
    public static string Of(IEnumerable<BaselineConfiguration> results) =>
        results.All(HasEpochs) ? MetricKeys.EpochSamplesPerSecond : MetricKeys.SamplesPerSecond;

    /// <summary>The repeats of a metric that can be compared: finite and above 0.</summary>
    /// <param name="one">The results of one sweep.</param>
    /// <param name="key">The metric.</param>
    public static double[] Values(BaselineConfiguration one, string key) => [.. (one.Metrics.GetValueOrDefault(key) ?? []).Where(value => IsRate(value))];

    private static bool HasEpochs(BaselineConfiguration one) =>
        Values(one, MetricKeys.EpochSamplesPerSecond) is { Length: > 0 } epochs && epochs.Length >= Values(one, MetricKeys.SamplesPerSecond).Length;

    private static bool IsRate(double? value) => value is > 0 and < double.PositiveInfinity;
}
