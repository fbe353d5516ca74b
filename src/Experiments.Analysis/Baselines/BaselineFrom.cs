using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Results;

namespace Experiments.Analysis.Baselines;

/// <summary>Makes baselines of sweeps.</summary>
public static class BaselineFrom
{
    /// <summary>The raw repeats of every configuration that was measured.</summary>
    /// <param name="sweep">The sweep to accept.</param>
    /// <param name="acceptedAt">When it is accepted.</param>
    /// <param name="reason">Why, where somebody had to say so.</param>
    public static Baseline Sweep(SweepResult sweep, DateTimeOffset acceptedAt, string? reason = null) => new()
    {
        Experiment = sweep.Experiment,
        Machine = sweep.Machine,
        SweepId = sweep.SweepId,
        AcceptedAt = acceptedAt,
        Commit = sweep.Commit,
        Dirty = sweep.Dirty,
        Reason = reason,
        Configurations = Measured(sweep),
    };

    /// <summary>A finished sweep as later ones are compared with it.</summary>
    /// <param name="report">The sweep and what was judged of it.</param>
    public static PastSweep Past(SweepReport report) => Past(report.Sweep, report.Assessment.Verdict is VerdictKind.Pass or VerdictKind.EnvironmentChanged);

    /// <summary>
    /// The last passing sweeps of one machine together. What somebody accepted goes before whatever is older: a slower level that was accepted
    /// with a reason is the level to compare with.
    /// </summary>
    /// <param name="latestFirst">Earlier sweeps; read no further than needed.</param>
    /// <param name="definition">Says how many to take.</param>
    /// <param name="machine">The machine; sweeps of others are passed over.</param>
    /// <param name="before">When the sweep that is compared started.</param>
    /// <param name="accepted">The accepted file of this machine, or null.</param>
    /// <returns>Null when there is none.</returns>
    public static async Task<Baseline?> LastAsync(
        IAsyncEnumerable<PastSweep> latestFirst, ExperimentDefinition definition, MachineFingerprint machine, DateTimeOffset before, Baseline? accepted)
    {
        var last = await latestFirst
            .Where(one => one.MachineId == machine.Id && one.StartedAt < before)
            .TakeWhile(one => accepted is null || one.StartedAt > accepted.AcceptedAt)
            .Where(one => one.Passed).Take(definition.Gates.Baseline.Sweeps).Reverse().ToArrayAsync().ConfigureAwait(false);
        if (last.Length == 0)
            return accepted;
        var bySweep = last.Select(one => one.Configurations).ToList();
        if (last.Length < definition.Gates.Baseline.Sweeps && accepted is not null)
            bySweep.Insert(0, accepted.Configurations);
        return new Baseline
        {
            Experiment = definition.Name,
            Machine = machine,
            SweepId = last[^1].SweepId,
            AcceptedAt = last[^1].StartedAt,
            Commit = last[^1].Commit,
            Reason = accepted?.Reason,
            Sweeps = bySweep,
            Configurations = [.. bySweep.SelectMany(one => one).GroupBy(one => one.Configuration.Id).Select(group => new BaselineConfiguration
            {
                Configuration = group.First().Configuration,
                Metrics = Together(group.SelectMany(one => one.Metrics).SelectMany(metric => metric.Value.Select(value => (metric.Key, value)))),
            })],
        };
    }

    internal static PastSweep Past(SweepResult sweep, bool passed) => new()
    {
        SweepId = sweep.SweepId,
        StartedAt = sweep.StartedAt,
        Commit = sweep.Commit,
        MachineId = sweep.Machine.Id,
        Passed = passed,
        Configurations = Measured(sweep),
    };

    private static BaselineConfiguration[] Measured(SweepResult sweep)
    {
        var trials = sweep.Trials.Where(trial => trial.IsMeasured).ToLookup(trial => trial.Configuration.Id, StringComparer.Ordinal);
        return [.. sweep.Configurations.Where(one => trials.Contains(one.Id)).Select(one => new BaselineConfiguration
        {
            Configuration = one,
            Metrics = Together(trials[one.Id].OrderBy(trial => trial.Repeat).SelectMany(trial => trial.Metrics).Select(metric => (metric.Key, metric.Value))),
        })];
    }

    private static Dictionary<string, IReadOnlyList<double>> Together(IEnumerable<(string Key, double Value)> values) => values
        .Where(metric => double.IsFinite(metric.Value))
        .GroupBy(metric => metric.Key, metric => metric.Value)
        .OrderBy(metric => metric.Key, StringComparer.Ordinal)
        .ToDictionary(metric => metric.Key, metric => (IReadOnlyList<double>)[.. metric], StringComparer.Ordinal);
}
