using Experiments.Core.Baselines;
using Experiments.Core.Results;

namespace Experiments.Analysis.Baselines;

/// <summary>Makes baselines of sweeps.</summary>
public static class BaselineFrom
{
    /// <summary>The raw repeats of every configuration that was measured.</summary>
    /// <param name="sweep">The sweep to accept.</param>
    /// <param name="acceptedAt">When it is accepted.</param>
    /// <param name="reason">Why, where somebody had to say so.</param>
    public static Baseline Sweep(SweepResult sweep, DateTimeOffset acceptedAt, string? reason = null)
    {
        var trials = sweep.Trials.Where(trial => trial.IsMeasured).ToLookup(trial => trial.Configuration.Id, StringComparer.Ordinal);
        return new Baseline
        {
            Experiment = sweep.Experiment,
            Machine = sweep.Machine,
            SweepId = sweep.SweepId,
            AcceptedAt = acceptedAt,
            Commit = sweep.Commit,
            Reason = reason,
            Configurations = [.. sweep.Configurations.Where(one => trials.Contains(one.Id)).Select(one => new BaselineConfiguration
            {
                Configuration = one,
                Metrics = Repeats(trials[one.Id]),
            })],
        };
    }

    private static Dictionary<string, IReadOnlyList<double>> Repeats(IEnumerable<TrialResult> trials) => trials
        .OrderBy(trial => trial.Repeat)
        .SelectMany(trial => trial.Metrics)
        .Where(metric => double.IsFinite(metric.Value))
        .GroupBy(metric => metric.Key, metric => metric.Value)
        .OrderBy(metric => metric.Key, StringComparer.Ordinal)
        .ToDictionary(metric => metric.Key, metric => (IReadOnlyList<double>)[.. metric], StringComparer.Ordinal);
}
