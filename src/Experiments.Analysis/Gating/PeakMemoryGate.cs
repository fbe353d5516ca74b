using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>Peak memory against its bound (the worst trial counts) and against the baseline.</summary>
internal static class PeakMemoryGate
{
    private const double Mebibyte = 1024 * 1024;

    public static IEnumerable<Finding> Check(ConfigurationTrials trials, GateContext context)
    {
        var gates = context.Gates;
        if (gates.PeakMemory.MaxBytes is null && gates.PeakMemory.MaxIncreasePercent is null)
            return [];
        // A trial that failed used its memory all the same.
        var peaks = trials.Ended.Select(trial => trial.Metric(MetricKeys.MemoryPeakMegabytes)).OfType<double>().Where(double.IsFinite).ToArray();
        if (gates.PeakMemory.MaxBytes is { } most && peaks.Select(peak => peak * Mebibyte).DefaultIfEmpty().Max() is var worst && worst > most)
            return [Exceeded(worst, most, trials, context)];
        if (trials.Measured.Any(IsUnwatched))
            return [NotMeasured(trials, context)]; // the one that nobody watched may be the largest
        return gates.PeakMemory.MaxIncreasePercent is { } increase && Increase(trials, increase, context) is { } finding ? [finding] : [];
    }

    private static Finding Exceeded(double peak, long most, ConfigurationTrials trials, GateContext context)
    {
        var (seen, bound) = Quantity.Bytes(peak, most);
        return new Finding(VerdictKind.BlownUp, GateDiagnostics.PeakMemory.Error(
            $"peak memory {seen} exceeds {bound} at {trials.Configuration.Name}", context.PositionOf("peak_memory.max")));
    }

    /// <summary>
    /// Memory is nearly deterministic, so a small tolerance suffices and no test is needed: the median grew by more than the bound,
    /// and every repeat is above every accepted one.
    /// </summary>
    private static Finding? Increase(ConfigurationTrials trials, double most, GateContext context)
    {
        var before = context.Accepted(trials.Configuration, MetricKeys.MemoryPeakMegabytes);
        var now = trials.Values(MetricKeys.MemoryPeakMegabytes);
        if (before.Count == 0 || now.Count == 0 || now.Min() <= before.Max())
            return null;
        var (old, current) = (RobustLocation.Median(before), RobustLocation.Median(now));
        var percent = (current / old - 1) * 100;
        if (old <= 0 || percent <= most)
            return null;
        var (seen, accepted) = Quantity.Bytes(current * Mebibyte, old * Mebibyte);
        return new Finding(VerdictKind.Regressed, GateDiagnostics.PeakMemoryIncrease.Error(
            $"peak memory {seen} is {Quantity.Percent(percent)} above the baseline's {accepted}, more than {Quantity.Percent(most)}, at {trials.Configuration.Name}",
            context.PositionOf("peak_memory.max_increase")));
    }

    private static bool IsUnwatched(TrialResult trial) => trial.Metric(MetricKeys.MemoryPeakMegabytes) is not { } peak || !double.IsFinite(peak);

    private static Finding NotMeasured(ConfigurationTrials trials, GateContext context)
    {
        var telemetry = trials.Measured.First(IsUnwatched).Telemetry;
        var reason = telemetry?.Reason is { } why ? $" ({why})" : "";
        return new Finding(VerdictKind.NotMeasured, GateDiagnostics.GateNotMeasured.Error(
            $"peak memory was not measured{reason} at {trials.Configuration.Name}", context.PositionOf("peak_memory")));
    }
}
