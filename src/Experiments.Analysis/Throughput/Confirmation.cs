using Experiments.Analysis.Statistics;
using Experiments.Core.Plans;

namespace Experiments.Analysis.Throughput;

/// <summary>
/// Weighs a suspected regression against fresh trials that ran in turn with a control. The fresh trials can only acquit: a suspect that is within the bound
/// once what its control lost is taken off was slowed by the machine, and one that fresh trials do not show slow is not proven.
/// </summary>
internal static class Confirmation
{
    /// <summary>The suspect's slowdown must show at least by this share of the bound.</summary>
    private const double Half = 0.5;

    /// <summary>A control slows down when its slowdown is this many of its own standard errors: 1 % one-sided.</summary>
    private const double ControlErrors = 2.326;

    private const int LeastRounds = 2;

    private const int MostRounds = 6;

    /// <summary>Fresh trials that a suspect needs, so that its slowdown is three standard errors of theirs; 2 to 6.</summary>
    public static int Rounds(ThroughputComparison suspect, int baselineRepeats)
    {
        var resolution = suspect.LogCredited / (3 * suspect.Noise);
        var precision = resolution * resolution - 1.0 / baselineRepeats;
        return precision > 0 ? (int)Math.Clamp(Math.Ceiling(1 / precision), LeastRounds, MostRounds) : MostRounds;
    }

    /// <summary>The suspect's outcome in the light of its fresh trials; unchanged while there are none.</summary>
    /// <param name="suspect">The suspect.</param>
    /// <param name="series">All series by id.</param>
    /// <param name="noise">The standard deviation of one trial's logarithm by id; NaN where it is unknown.</param>
    /// <param name="rule">When a slowdown is a regression.</param>
    public static ThroughputComparison Review(
        ThroughputComparison suspect, IReadOnlyDictionary<string, ThroughputSeries> series, IReadOnlyDictionary<string, double> noise, ThroughputRule rule)
    {
        if (suspect.Outcome != ThroughputOutcome.Regressed || Fresh(series[suspect.Id], TrialPurpose.Confirmation, suspect.LogDrift) is not { Trials: > 0 } fresh)
            return suspect;
        var rounds = series[suspect.Id].Current.Where(trial => trial.Purpose == TrialPurpose.Confirmation).Select(trial => trial.Round).ToHashSet();
        var control = series.Values.Where(one => one.Id != suspect.Id)
            .Select(one => (one.Id, Fresh: Fresh(one with { Current = [.. one.Current.Where(trial => rounds.Contains(trial.Round))] }, TrialPurpose.Control, suspect.LogDrift)))
            .Where(one => one.Fresh.Trials > 0).DefaultIfEmpty().MaxBy(one => one.Fresh.Trials) is { Id: { } id } found ? (found.Fresh.Trials, found.Fresh.Change, Error: noise[id] * found.Fresh.Precision) : default;
        if (control.Trials > 0 && fresh.Change < 0 && control.Change < -ControlErrors * control.Error && fresh.Change - control.Change >= rule.LogBound)
            return suspect with { Outcome = ThroughputOutcome.MachineDrift, LogDrift = suspect.LogDrift + control.Change };
        return fresh.Change > rule.LogBound * Half ? suspect with { Outcome = ThroughputOutcome.Unclear, Unconfirmed = true } : suspect;
    }

    /// <summary>Change of the trials of one purpose against the baseline, the known drift apart, and what its standard error is to that of one trial.</summary>
    private static (int Trials, double Change, double Precision) Fresh(ThroughputSeries series, TrialPurpose purpose, double drift)
    {
        var logs = series.Current.Where(trial => trial.Purpose == purpose).Select(trial => Math.Log(trial.SamplesPerSecond)).ToArray();
        return logs.Length == 0 || series.Baseline.Count == 0
            ? default
            : (logs.Length, logs.Average() - RobustLocation.Center([.. series.Baseline.Select(value => Math.Log(value))]) - drift, Math.Sqrt(1.0 / logs.Length + 1.0 / series.Baseline.Count));
    }
}
