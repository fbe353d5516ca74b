using Experiments.Analysis.Statistics;
using Experiments.Analysis.Throughput;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>The trials of one configuration.</summary>
internal sealed class ConfigurationTrials
{
    private ConfigurationTrials(Configuration configuration, IReadOnlyList<TrialResult> trials, GateContext context)
    {
        Configuration = configuration;
        Ended = [.. trials.Where(trial => trial.Status != TrialStatus.Cancelled)];
        Measured = [.. trials.Where(trial => trial.IsMeasured)];
        ThroughputKey = ThroughputMetric.Of(Measured, context.AcceptedOf(configuration));
    }

    public Configuration Configuration { get; }

    /// <summary>The trials that ended by themselves; cancelled ones are run again when the sweep is resumed.</summary>
    public IReadOnlyList<TrialResult> Ended { get; }

    public IReadOnlyList<TrialResult> Measured { get; }

    /// <summary>The metric that is their throughput.</summary>
    public string ThroughputKey { get; }

    /// <summary>One value a measured trial; trials that lack it are skipped.</summary>
    public IReadOnlyList<double> Values(string key) => [.. Measured.Select(trial => trial.Metric(key)).OfType<double>().Where(double.IsFinite)];

    /// <summary>Throughputs that can be compared: finite and above 0.</summary>
    public IReadOnlyList<double> Throughputs() => [.. Values(ThroughputKey).Where(value => value > 0)];

    /// <summary>The configuration's throughput, samples a second: the median of its trials. The one estimator of table, advice, gates, pages and MLflow.</summary>
    public double? Throughput() => Throughputs() is { Count: > 0 } values ? RobustLocation.Median(values) : null;

    /// <summary>The configuration's peak memory, MiB: that of the trial that took most, a failed one too; what must fit is the largest.</summary>
    public double? PeakMegabytes() =>
        Ended.Select(trial => trial.Metric(MetricKeys.MemoryPeakMegabytes)).OfType<double>().Where(double.IsFinite).ToArray() is { Length: > 0 } peaks ? peaks.Max() : null;

    /// <summary>Half the spread between the slowest and the fastest trial, in percent of the throughput; null under two.</summary>
    public double? SpreadPercent() => Throughputs() is { Count: > 1 } values ? (values.Max() - values.Min()) / 2 / RobustLocation.Median(values) * 100 : null;

    public double? Median(string key) => Values(key) is { Count: > 0 } values ? RobustLocation.Median(values) : null;

    /// <summary>Medians of all metrics over the measured trials, and of what was foreseen of those that were not run; keys in order.</summary>
    public IReadOnlyDictionary<string, double> Medians() => Ended.Where(trial => trial.IsMeasured || trial.Status == TrialStatus.Foreseen)
        .SelectMany(trial => trial.Metrics)
        .GroupBy(metric => metric.Key, metric => metric.Value)
        .OrderBy(metric => metric.Key, StringComparer.Ordinal)
        .ToDictionary(metric => metric.Key, metric => RobustLocation.Median(metric), StringComparer.Ordinal);

    public static IReadOnlyList<ConfigurationTrials> Group(SweepResult sweep, GateContext context)
    {
        var trials = sweep.Trials.ToLookup(trial => trial.Configuration.Id, StringComparer.Ordinal);
        return [.. sweep.Configurations.Select(configuration => new ConfigurationTrials(configuration, [.. trials[configuration.Id]], context))];
    }
}
