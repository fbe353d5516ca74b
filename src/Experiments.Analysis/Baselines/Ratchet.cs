using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Analysis.Throughput;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Results;

namespace Experiments.Analysis.Baselines;

/// <summary>Lets a baseline move to the better by itself; to the worse, or to a sweep that is not whole and passing, only with a reason, which the file keeps.</summary>
public static class Ratchet
{
    private const double UsualBoundPercent = 5;

    /// <summary>Decides for a sweep that somebody wants to accept.</summary>
    /// <param name="report">The sweep and what was judged of it.</param>
    /// <param name="definition">The definition as it is now.</param>
    /// <param name="current">The baseline in force, or null when there is none for this machine; another machine's is not looked at.</param>
    /// <param name="reason">Why it is accepted whatever speaks against it, or null.</param>
    public static BaselineDecision Decide(SweepReport report, ExperimentDefinition definition, Baseline? current, string? reason)
    {
        if (!report.Sweep.Trials.Any(trial => trial.IsMeasured))
            return new BaselineDecision(false, "nothing was measured");
        current = OfMachine(current, report);
        var objections = string.Join("; ", Objections.To(report, definition, current));
        if (objections.Length == 0)
            return new BaselineDecision(true, current is null ? "there was none for this machine" : "whole, passing, and no configuration is slower or larger");
        return string.IsNullOrWhiteSpace(reason)
            ? new BaselineDecision(false, $"{objections}; to accept it all the same say why with --reason")
            : new BaselineDecision(true, $"{objections}, accepted: {reason}");
    }

    /// <summary>
    /// Decides for a sweep that nobody looked at: it becomes the baseline where nothing speaks against it and there is none, or a configuration is faster by more than the
    /// bound and beyond noise, or new. Smaller gains wait for somebody: the luckiest of many equal sweeps must not become the measure.
    /// </summary>
    /// <param name="report">The sweep and what was judged of it.</param>
    /// <param name="definition">The definition, whose <c>max_regression</c> is the bound.</param>
    /// <param name="current">The baseline in force, or null when there is none for this machine; another machine's is not looked at.</param>
    public static BaselineDecision Move(SweepReport report, ExperimentDefinition definition, Baseline? current)
    {
        current = OfMachine(current, report);
        var decision = Decide(report, definition, current, reason: null);
        if (!decision.Accepted || current is null)
            return decision;
        var candidate = BaselineFrom.Sweep(report.Sweep, report.Sweep.EndedAt);
        if (BaselineDifference.Between(current, candidate).Count(one => one.Change == BaselineChange.New) is > 0 and var more)
            return new BaselineDecision(true, $"it has {Quantity.Count(more, "configuration")} more");
        var bound = definition.Gates.Throughput.MaxRegressionPercent ?? UsualBoundPercent;
        return Slower(candidate, current, bound) is { } fallen
            ? new BaselineDecision(true, $"of the two sweeps, {fallen}")
            : new BaselineDecision(false, $"no configuration is faster by more than {Quantity.Percent(bound)}");
    }

    /// <summary>The configuration that fell most, if any fell beyond the noise of both.</summary>
    internal static string? Slower(Baseline current, Baseline candidate, double boundPercent = 0)
    {
        var before = current.Configurations.DistinctBy(one => one.Configuration.Id).ToDictionary(one => one.Configuration.Id, StringComparer.Ordinal);
        var series = candidate.Configurations.DistinctBy(one => one.Configuration.Id).Where(one => before.ContainsKey(one.Configuration.Id)).Select(one => new ThroughputSeries
        {
            Id = one.Configuration.Id,
            Baseline = Values(before[one.Configuration.Id], one),
            Current = [.. Values(one, before[one.Configuration.Id]).Select((value, index) => new ThroughputObservation(value, index + 1))],
        }).ToArray();
        var slowest = ThroughputModel.Compare(series, new ThroughputRule { MaxRegressionPercent = boundPercent })
            .Where(one => one.Outcome is ThroughputOutcome.Regressed or ThroughputOutcome.MachineDrift).MinBy(one => one.LogChange);
        if (slowest is null)
            return null;
        var name = before[slowest.Id].Configuration.Name;
        var old = RobustLocation.Median(Values(before[slowest.Id], candidate.Configurations.First(one => one.Configuration.Id == slowest.Id)));
        return $"{name} is {Quantity.Percent(-ThroughputComparison.Percent(slowest.LogChange))} slower in sweep {candidate.SweepId} than the {Quantity.Rate(old)} samples/s of sweep {current.SweepId}";
    }

    private static Baseline? OfMachine(Baseline? baseline, SweepReport report) => baseline?.Machine.IsSameAs(report.Sweep.Machine) == true ? baseline : null;

    /// <summary>The throughputs of one by the metric that the other has as well.</summary>
    private static double[] Values(BaselineConfiguration one, BaselineConfiguration other) => ThroughputMetric.Values(one, ThroughputMetric.Of([one, other]));
}
