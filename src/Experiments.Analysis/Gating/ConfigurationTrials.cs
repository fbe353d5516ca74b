using Experiments.Analysis.Statistics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>The trials of one configuration.</summary>
internal sealed class ConfigurationTrials(Configuration configuration, IReadOnlyList<TrialResult> trials)
{
    public Configuration Configuration { get; } = configuration;

    /// <summary>The trials that ended by themselves; cancelled ones are run again when the sweep is resumed.</summary>
    public IReadOnlyList<TrialResult> Ended { get; } = [.. trials.Where(trial => trial.Status != TrialStatus.Cancelled)];

    public IReadOnlyList<TrialResult> Measured { get; } = [.. trials.Where(trial => trial.IsMeasured)];

    /// <summary>One value a measured trial; trials that lack it are skipped.</summary>
    public IReadOnlyList<double> Values(string key) => [.. Measured.Select(trial => trial.Metric(key)).OfType<double>().Where(double.IsFinite)];

    /// <summary>Throughputs that can be compared: finite and above 0.</summary>
    public IReadOnlyList<double> Throughputs() => [.. Values(MetricKeys.SamplesPerSecond).Where(value => value > 0)];

    public double? Median(string key) => Values(key) is { Count: > 0 } values ? RobustLocation.Median(values) : null;

    /// <summary>Medians of all metrics over the measured trials, and of what was foreseen of those that were not run; keys in order.</summary>
    public IReadOnlyDictionary<string, double> Medians() => Ended.Where(trial => trial.IsMeasured || trial.Status == TrialStatus.Foreseen)
        .SelectMany(trial => trial.Metrics)
        .GroupBy(metric => metric.Key, metric => metric.Value)
        .OrderBy(metric => metric.Key, StringComparer.Ordinal)
        .ToDictionary(metric => metric.Key, metric => RobustLocation.Median(metric), StringComparer.Ordinal);

    public static IReadOnlyList<ConfigurationTrials> Group(SweepResult sweep)
    {
        var trials = sweep.Trials.ToLookup(trial => trial.Configuration.Id, StringComparer.Ordinal);
        return [.. sweep.Configurations.Select(configuration => new ConfigurationTrials(configuration, [.. trials[configuration.Id]]))];
    }
}
