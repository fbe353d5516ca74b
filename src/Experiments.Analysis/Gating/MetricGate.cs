using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>
/// Any metric against its bounds and against the baseline: medians over the repeats count, and, as with memory, a metric moved when every repeat lies beyond every accepted one. A trial that logged
/// it not, or as no number, makes it not measured: a loss that is NaN is no loss below its bound.
/// </summary>
internal static class MetricGate
{
    public static IEnumerable<Finding> Check(ConfigurationTrials trials, GateContext context) =>
        trials.Measured.Count == 0 ? [] : context.Gates.Metrics.Select(bounds => Check(bounds, trials, context)).OfType<Finding>();

    private static Finding? Check(MetricBounds bounds, ConfigurationTrials trials, GateContext context)
    {
        var now = trials.Values(bounds.Metric);
        if (now.Count < trials.Measured.Count)
            return NotMeasured(bounds.Metric, now.Count, trials, context);
        var value = RobustLocation.Median(now);
        return (value > bounds.Max ? Beyond(value, "above", bounds.Max.Value, "max") : value < bounds.Min ? Beyond(value, "below", bounds.Min.Value, "min") : null)
            ?? (bounds.IsCompared && context.Accepted(trials.Configuration, bounds.Metric) is { Count: > 0 } before ? Moved(bounds, before, now, trials, context) : null);

        Finding Beyond(double seen, string side, double bound, string key)
        {
            var (actual, may) = Quantity.Figures(seen, bound);
            return new Finding(VerdictKind.Regressed, GateDiagnostics.MetricBound.Error(
                $"{bounds.Metric} {actual} is {side} {may} at {trials.Configuration.Name}", context.PositionOf($"metrics.{bounds.Metric}.{key}")));
        }
    }

    private static Finding? Moved(MetricBounds bounds, IReadOnlyList<double> before, IReadOnlyList<double> now, ConfigurationTrials trials, GateContext context)
    {
        var (old, current) = (RobustLocation.Median(before), RobustLocation.Median(now));
        var (side, most, key) = now.Min() > before.Max() ? ("above", bounds.MaxIncreasePercent, "max_increase")
            : now.Max() < before.Min() ? ("below", bounds.MaxDecreasePercent, "max_decrease") : ("", null, "");
        if (most is null || Math.Abs(current - old) <= most / 100 * Math.Abs(old))
            return null;
        var (seen, accepted) = Quantity.Figures(current, old);
        var by = old == 0 ? "" : Quantity.Percent(Math.Abs((current - old) / old) * 100) + " ";
        return new Finding(VerdictKind.Regressed, GateDiagnostics.MetricChange.Error(
            $"{bounds.Metric} {seen} is {by}{side} the baseline's {accepted}, more than {Quantity.Percent(most.Value)}, at {trials.Configuration.Name}",
            context.PositionOf($"metrics.{bounds.Metric}.{key}")));
    }

    private static Finding NotMeasured(string metric, int measured, ConfigurationTrials trials, GateContext context)
    {
        var known = trials.Measured.SelectMany(trial => trial.Metrics.Keys).Distinct(StringComparer.Ordinal);
        var isNumber = trials.Measured.All(trial => trial.Metric(metric) is not { } value || double.IsFinite(value));
        var cause = !isNumber ? "is not a number"
            : measured > 0 ? $"was logged by {measured} of {Quantity.Count(trials.Measured.Count, "trial")} only"
            : $"was logged by no trial{(Spelling.Nearest(metric, known) is { } near ? $" (did you mean {near}?)" : "")}";
        return new Finding(VerdictKind.NotMeasured, GateDiagnostics.GateNotMeasured.Error($"{metric} {cause} at {trials.Configuration.Name}", context.PositionOf($"metrics.{metric}")));
    }
}
