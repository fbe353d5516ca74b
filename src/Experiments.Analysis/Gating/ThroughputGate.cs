using System.Globalization;
using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Analysis.Throughput;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>Throughput against the baseline, all configurations at once.</summary>
internal sealed class ThroughputGate
{
    private readonly GateContext context;
    private readonly Dictionary<string, ThroughputComparison> comparisons;

    public ThroughputGate(IReadOnlyList<ConfigurationTrials> configurations, GateContext context)
    {
        this.context = context;
        // Without a gate the changes are still worth showing; the bound then only names what would be detectable.
        comparisons = context.Baseline is null ? [] : ThroughputModel.Compare(SeriesOf(configurations, context), RuleOf(context, PlannedRepeats(configurations)))
            .ToDictionary(comparison => comparison.Id, StringComparer.Ordinal);
    }

    /// <summary>The repeats that the plan began with; the definition's, unless the command line said another number.</summary>
    public static int PlannedRepeats(IEnumerable<ConfigurationTrials> configurations) =>
        configurations.SelectMany(trials => trials.Ended).Where(trial => trial.Purpose == TrialPurpose.Planned).Select(trial => trial.Repeat).DefaultIfEmpty(1).Max();

    public static ThroughputRule RuleOf(GateContext context, int plannedRepeats) => new()
    {
        MaxRegressionPercent = context.Gates.Throughput.MaxRegressionPercent ?? 5,
        FalseAlarmRatePercent = context.Gates.Throughput.FalseAlarmRatePercent,
        Looks = ThroughputRule.LooksOf(plannedRepeats, context.Gates.Throughput.MaxRepeats ?? plannedRepeats),
        MachineExtent = SweepLevels.Extent(context.Baseline?.Sweeps ?? [], context.Gates.Throughput.FalseAlarmRatePercent / 100),
    };

    public static IReadOnlyList<ThroughputSeries> SeriesOf(IReadOnlyList<ConfigurationTrials> configurations, GateContext context) =>
    [
        .. configurations.Select(trials => new ThroughputSeries
        {
            Id = trials.Configuration.Id,
            PreferredControl = trials.Configuration.NumWorkers == 0,
            Baseline = [.. context.Accepted(trials.Configuration, trials.ThroughputKey).Where(value => value > 0)],
            BaselineOtherShares = [.. context.Accepted(trials.Configuration, MetricKeys.CpuOtherPercentage).Select(percentage => percentage / 100)],
            Current = [.. trials.Measured.Where(trial => trial.Metric(trials.ThroughputKey) is > 0 and < double.PositiveInfinity)
                .Select(trial => new ThroughputObservation(trial.Metric(trials.ThroughputKey)!.Value, trial.Repeat, trial.Purpose, trial.Metric(MetricKeys.CpuOtherPercentage) / 100))],
        }),
    ];

    public ThroughputChange? ChangeOf(ConfigurationTrials trials) =>
        comparisons.GetValueOrDefault(trials.Configuration.Id) is { Outcome: not ThroughputOutcome.NotCompared } comparison ? new ThroughputChange
        {
            ChangePercent = ThroughputComparison.Percent(comparison.LogChange),
            MachineDriftPercent = ThroughputComparison.Percent(comparison.LogDrift),
            PValue = Known(comparison.PValue),
            AdjustedPValue = Known(comparison.AdjustedPValue),
            MinimumDetectablePercent = Known(-ThroughputComparison.Percent(-comparison.MinimumDetectable)),
            RepeatsToSettle = comparison.RepeatsToSettle,
        } : null;

    public IEnumerable<Finding> Check(ConfigurationTrials trials)
    {
        if (context.Gates.Throughput.BaselineBoundPercent is not { } bound || context.Baseline is null || trials.Throughputs().Count == 0)
            return [];
        var comparison = comparisons[trials.Configuration.Id];
        var position = context.PositionOf("throughput.max_regression");
        return comparison.Outcome switch
        {
            ThroughputOutcome.Regressed => [new(VerdictKind.Regressed, GateDiagnostics.ThroughputRegression.Error(
                $"throughput {Fall(trials, comparison)}, more than {Quantity.Percent(bound)}{Evidence(comparison)}, at {trials.Configuration.Name}", position))],
            ThroughputOutcome.Unclear => [new(VerdictKind.Inconclusive, GateDiagnostics.Inconclusive.Error(
                $"throughput {Fall(trials, comparison)}, but noise could have done it; {Settle(comparison)}, at {trials.Configuration.Name}", position))],
            ThroughputOutcome.MachineDrift => [new(VerdictKind.EnvironmentChanged, GateDiagnostics.EnvironmentChanged.Error(
                $"throughput {Fall(trials, comparison)}, but {Cause(comparison)}, at {trials.Configuration.Name}", position))],
            ThroughputOutcome.NotCompared => [NotInBaseline(trials, position)],
            _ => [],
        };
    }

    /// <summary>One warning for all configurations whose regressions beyond the bound could have gone unseen.</summary>
    public Diagnostic? BlindSpot(IReadOnlyList<ConfigurationTrials> configurations)
    {
        if (context.Gates.Throughput.BaselineBoundPercent is not { } bound || context.Baseline is null)
            return null;
        var blind = configurations.Where(trials => ChangeOf(trials)?.MinimumDetectablePercent > bound).ToArray();
        if (blind.Length == 0)
            return null;
        var worst = blind.MaxBy(trials => ChangeOf(trials)!.MinimumDetectablePercent)!;
        return GateDiagnostics.BlindGate.Warning(
            $"a regression of {Quantity.Percent(bound)} could go unseen in {blind.Length} of {Quantity.Count(configurations.Count, "configuration")}; "
            + $"least is seen at {worst.Configuration.Name}: {Quantity.Percent(ChangeOf(worst)!.MinimumDetectablePercent!.Value)}",
            context.PositionOf("throughput.max_regression"));
    }

    private Finding NotInBaseline(ConfigurationTrials trials, SourcePosition position)
    {
        var message = $"the baseline of sweep {context.Baseline!.SweepId} has no throughput at {trials.Configuration.Name}";
        return context.Gates.Throughput.AllowMissingBaseline
            ? new Finding(VerdictKind.Pass, GateDiagnostics.MissingBaseline.Warning(message, position))
            : new Finding(VerdictKind.NotMeasured, GateDiagnostics.MissingBaseline.Error(message, position));
    }

    private string Fall(ConfigurationTrials trials, ThroughputComparison comparison)
    {
        var before = RobustLocation.Median(context.Accepted(trials.Configuration, trials.ThroughputKey));
        return $"{Quantity.Rate(RobustLocation.Median(trials.Throughputs()))} samples/s is "
            + $"{Quantity.Percent(-ThroughputComparison.Percent(comparison.LogChange))} below the baseline's {Quantity.Rate(before)}{Gained(comparison)}";
    }

    /// <summary>What is held against a configuration that is slower on a night when the machine is faster.</summary>
    private static string Gained(ThroughputComparison comparison) => comparison.Outcome is ThroughputOutcome.Regressed or ThroughputOutcome.Unclear && comparison.LogDrift > 0
        ? $" ({Quantity.Percent(-ThroughputComparison.Percent(comparison.LogCredited))} below what the matrix gained, by {Quantity.Percent(ThroughputComparison.Percent(comparison.LogDrift))})"
        : "";

    private static string Evidence(ThroughputComparison comparison) => comparison.WholeMatrixPValue is { } whole
        ? string.Create(CultureInfo.InvariantCulture, $" (with the whole matrix, p = {Math.Max(whole, 1e-12):0.0e0} after correction)")
        : string.Create(CultureInfo.InvariantCulture, $" (p = {Math.Max(comparison.AdjustedPValue, 1e-12):0.0e0} after correction)");

    private static string Cause(ThroughputComparison comparison) => comparison.OtherShares is { } shares
        ? $"other programs took {Quantity.Percent(100 * shares.Now)} of the machine, and {Quantity.Percent(100 * shares.Before)} in the baseline; measure again without them"
        : comparison.LogDrift >= 0 ? "a control beside it fell behind what the matrix gained alike"
        : $"the machine's own drift explains {Quantity.Percent(-ThroughputComparison.Percent(comparison.LogDrift))} of it";

    private static string Settle(ThroughputComparison comparison) => comparison switch
    {
        { Unconfirmed: true } => "fresh trials beside a control did not show it",
        { RepeatsToSettle: { } repeats } => string.Create(CultureInfo.InvariantCulture, $"{repeats} repeats would settle it"),
        { Noise: double.NaN } => "one repeat does not show the noise, measure at least 2",
        _ => "the baseline has too few repeats to settle it",
    };

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
