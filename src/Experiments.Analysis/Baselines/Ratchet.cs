using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Analysis.Throughput;
using Experiments.Core.Baselines;
using Experiments.Core.Results;

namespace Experiments.Analysis.Baselines;

/// <summary>Lets a baseline move to the better by itself; to the worse only with a reason, which the file keeps.</summary>
public static class Ratchet
{
    /// <summary>Decides.</summary>
    /// <param name="current">The baseline in force, or null when there is none for this machine.</param>
    /// <param name="candidate">What is to replace it.</param>
    /// <param name="reason">Why a worse one is accepted, or null.</param>
    public static BaselineDecision Decide(Baseline? current, Baseline candidate, string? reason)
    {
        if (candidate.Configurations.Count == 0)
            return new BaselineDecision(false, "nothing was measured");
        if (current is null || current.Machine.Id != candidate.Machine.Id)
            return new BaselineDecision(true, "there was none for this machine");
        if (Slower(current, candidate) is not { } slower)
            return new BaselineDecision(true, "no configuration is slower");
        return string.IsNullOrWhiteSpace(reason)
            ? new BaselineDecision(false, $"{slower}; to accept a slower baseline say why with --reason")
            : new BaselineDecision(true, $"{slower}, accepted: {reason}");
    }

    /// <summary>
    /// Decides for a sweep that nobody looked at: it becomes the baseline where there is none, or where a configuration is faster by more than the
    /// bound and beyond noise, and none is slower. Smaller gains wait for somebody: the luckiest of many equal sweeps must not become the measure.
    /// </summary>
    /// <param name="current">The baseline in force, or null when there is none for this machine.</param>
    /// <param name="candidate">What may replace it.</param>
    /// <param name="boundPercent">The gate's <c>max_regression</c>.</param>
    public static BaselineDecision Move(Baseline? current, Baseline candidate, double boundPercent)
    {
        var decision = Decide(current, candidate, reason: null);
        if (!decision.Accepted || current is null || current.Machine.Id != candidate.Machine.Id)
            return decision;
        return Slower(candidate, current, boundPercent) is { } fallen
            ? new BaselineDecision(true, $"of the two sweeps, {fallen}")
            : new BaselineDecision(false, $"no configuration is faster by more than {Quantity.Percent(boundPercent)}");
    }

    /// <summary>The configuration that fell most, if any fell beyond the noise of both.</summary>
    private static string? Slower(Baseline current, Baseline candidate, double boundPercent = 0)
    {
        var before = current.Configurations.DistinctBy(one => one.Configuration.Id).ToDictionary(one => one.Configuration.Id, StringComparer.Ordinal);
        var series = candidate.Configurations.DistinctBy(one => one.Configuration.Id).Where(one => before.ContainsKey(one.Configuration.Id)).Select(one => new ThroughputSeries
        {
            Id = one.Configuration.Id,
            Baseline = Values(before[one.Configuration.Id]),
            Current = [.. Values(one).Select((value, index) => new ThroughputObservation(value, index + 1))],
        }).ToArray();
        var slowest = ThroughputModel.Compare(series, new ThroughputRule { MaxRegressionPercent = boundPercent })
            .Where(one => one.Outcome is ThroughputOutcome.Regressed or ThroughputOutcome.MachineDrift).MinBy(one => one.LogChange);
        if (slowest is null)
            return null;
        var name = before[slowest.Id].Configuration.Name;
        var old = RobustLocation.Median(Values(before[slowest.Id]));
        return $"{name} is {Quantity.Percent(-ThroughputComparison.Percent(slowest.LogChange))} slower in sweep {candidate.SweepId} than the {Quantity.Rate(old)} samples/s of sweep {current.SweepId}";
    }

    private static double[] Values(BaselineConfiguration configuration) =>
        [.. (configuration.Metrics.GetValueOrDefault(MetricKeys.SamplesPerSecond) ?? []).Where(value => value > 0 && double.IsFinite(value))];
}
