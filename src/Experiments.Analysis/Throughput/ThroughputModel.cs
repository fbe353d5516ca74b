using Experiments.Analysis.Statistics;
using Experiments.Core.Plans;

namespace Experiments.Analysis.Throughput;

/// <summary>
/// Compares the throughput of all configurations with their baselines at once, on logarithms, so that changes are ratios.
/// The mathematics and their sources are in docs/gates.md.
/// </summary>
public static class ThroughputModel
{
    /// <summary>Changes below 0.1 % are below what a run's clock and step count resolve; noise is never taken to be smaller.</summary>
    public const double Resolution = 0.001;

    private const int MostRepeats = 1000;

    /// <summary>Compares, in the light of the fresh trials of suspects where there are such, and of what other programs took of the machine.</summary>
    /// <param name="series">One series a configuration.</param>
    /// <param name="rule">When a slowdown is a regression.</param>
    /// <returns>One comparison a series, in the order given.</returns>
    public static IReadOnlyList<ThroughputComparison> Compare(IReadOnlyList<ThroughputSeries> series, ThroughputRule rule)
    {
        var (measured, given) = (Confirmed(series, rule), Confirmed(MachineLoad.GivenBack(series), rule));
        return [.. measured.Select((one, index) => MachineLoad.Review(one, given[index], series[index]))];
    }

    private static ThroughputComparison[] Confirmed(IReadOnlyList<ThroughputSeries> series, ThroughputRule rule)
    {
        var byId = series.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var suspects = Suspect(series, rule);
        var noise = suspects.ToDictionary(one => one.Id, one => one.Noise, StringComparer.Ordinal);
        return [.. suspects.Select(one => Confirmation.Review(one, byId, noise, rule))];
    }

    /// <summary>Compares by all trials alike; what it calls regressed is a suspect.</summary>
    internal static IReadOnlyList<ThroughputComparison> Suspect(IReadOnlyList<ThroughputSeries> series, ThroughputRule rule)
    {
        var compared = series.Where(one => one.Baseline.Count > 0 && Now(one).Length > 0).ToArray();
        var before = MachineDrift.Detect([.. compared.Select(Before)]);
        var now = MachineDrift.Detect([.. compared.Select(Now)]);
        var pairs = SerialCorrelation.Allow(Array.ConvertAll(compared, one => new Pair(one.Id, Corrected(Before(one), before), Corrected(WithControls(one, compared, now), now))));
        var noise = NoiseModel.Fit(pairs, lostDegrees: Math.Max(before.Effects.Count - 1, 0) + Math.Max(now.Effects.Count - 1, 0));
        var drift = pairs.Length == 0 ? 0 : Math.Clamp(
            RobustLocation.Median(pairs.Select(pair => pair.MeanChange)), -Math.Max(before.Extent, rule.MachineExtent) - now.Extent, rule.MachineExtent);
        if (rule.MachineExtent > 0)
            pairs = Array.ConvertAll(pairs, pair => pair with { ReferenceVariance = MedianVariance(pairs) });

        var pValues = Array.ConvertAll(pairs, pair => noise.Of(pair) is { } scale
            ? StudentT.LowerTail((pair.MeanChange - drift) / (scale.Deviation * pair.ReferredPrecision), scale.Degrees) : double.NaN);
        var common = CommonSlowdown.Test(pairs, noise, Math.Min(drift, 0), rule);
        var known = pValues.Where(value => !double.IsNaN(value)).Concat(common is { } one ? [one.PValue] : Array.Empty<double>()).ToArray();
        var adjusted = new Queue<double>(HolmCorrection.Adjust(known));
        var quantiles = new QuantileCache(rule.Level / Math.Max(1, known.Length));
        var results = new Dictionary<string, ThroughputComparison>(StringComparer.Ordinal);
        for (var i = 0; i < pairs.Length; i++)
            results[pairs[i].Id] = Judge(pairs[i], noise.Of(pairs[i]), drift, pValues[i], double.IsNaN(pValues[i]) ? double.NaN : adjusted.Dequeue(), rule, quantiles);
        if (common is { IsLarge: true } && adjusted.Dequeue() is var pValue && pValue <= rule.Level)
            foreach (var unclear in results.Values.Where(result => result.Outcome == ThroughputOutcome.Unclear).ToArray())
                results[unclear.Id] = unclear with { Outcome = ThroughputOutcome.Regressed, WholeMatrixPValue = pValue, RepeatsToSettle = null };
        return [.. series.Select(one => results.GetValueOrDefault(one.Id) ?? new ThroughputComparison { Id = one.Id, Outcome = ThroughputOutcome.NotCompared })];
    }

    /// <summary>
    /// The variance of the median change of a matrix, by that of one trial: π/2 of the mean's. It is the error of what is credited to the night, and joins
    /// that of the configuration.
    /// </summary>
    private static double MedianVariance(Pair[] pairs) => Math.PI / 2 * pairs.Sum(pair => pair.Precision * pair.Precision) / (pairs.Length * pairs.Length);

    private static ThroughputComparison Judge(
        Pair pair, (double Deviation, double Degrees)? noise, double drift, double pValue, double adjusted, ThroughputRule rule, QuantileCache quantiles)
    {
        var change = pair.RobustChange;
        var credited = change - drift;
        var beyond = change < rule.LogBound || (change < 0 && credited < rule.LogBound);
        var significant = adjusted <= rule.Level;
        var outcome = !beyond ? ThroughputOutcome.Unchanged
            : credited >= rule.LogBound ? ThroughputOutcome.MachineDrift
            : significant ? ThroughputOutcome.Regressed
            : ThroughputOutcome.Unclear;
        if (noise is not { } scale)
            return new ThroughputComparison { Id = pair.Id, Outcome = outcome, LogChange = change, LogDrift = drift };

        var critical = quantiles.Significance(scale.Degrees);
        return new ThroughputComparison
        {
            Id = pair.Id,
            Outcome = outcome,
            LogChange = change,
            LogDrift = drift,
            Noise = scale.Deviation,
            Degrees = scale.Degrees,
            StandardError = scale.Deviation * pair.ReferredPrecision,
            ReferenceError = scale.Deviation * Math.Sqrt(pair.ReferenceVariance),
            PValue = pValue,
            AdjustedPValue = adjusted,
            MinimumDetectable = (critical + quantiles.Power(scale.Degrees)) * scale.Deviation * pair.ReferredPrecision,
            RepeatsToSettle = outcome == ThroughputOutcome.Unclear ? Repeats(pair, scale.Deviation * critical, credited) : null,
        };
    }

    private static int? Repeats(Pair pair, double criticalDeviation, double change)
    {
        for (var repeats = pair.Now.Count + 1; repeats <= MostRepeats; repeats++)
            if (criticalDeviation * Math.Sqrt(pair.NowInflation / repeats + 1.0 / pair.Before.Count + pair.ReferenceVariance) <= -change)
                return repeats;
        return null;
    }

    private static (int Round, double Log)[] Before(ThroughputSeries series) => [.. series.Baseline.Select((value, index) => (index + 1, Math.Log(value)))];

    /// <summary>The trials that speak for the configuration; controls speak for the machine.</summary>
    private static (int Round, double Log)[] Now(ThroughputSeries series) => [.. series.Current.Where(trial => trial.Purpose != TrialPurpose.Control).Select(trial => (trial.Round, Math.Log(trial.SamplesPerSecond)))];

    private static double[] Corrected((int Round, double Log)[] trials, MachineDrift drift) => Array.ConvertAll(trials, trial => trial.Log - drift.Of(trial.Round));

    /// <summary>Trials of small extra rounds, moved by what the round's controls say of the machine, where the machine is known to drift.</summary>
    private static (int Round, double Log)[] WithControls(ThroughputSeries one, ThroughputSeries[] all, MachineDrift drift) => drift.Effects.Count == 0
        ? Now(one)
        : Array.ConvertAll(Now(one), trial => drift.Effects.ContainsKey(trial.Round) ? trial : (trial.Round, trial.Log - ControlRound.Effect(all, trial.Round, drift)));
}
