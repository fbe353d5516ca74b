using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis;

/// <summary>A sweep whose shards ran on several machines, machine by machine: figures of two machines are never compared.</summary>
public static class MachineParts
{
    /// <summary>The sweep of each machine; one, the sweep itself, as a rule. Trials that did not run are missing in the first.</summary>
    /// <param name="sweep">The sweep.</param>
    public static IReadOnlyList<SweepResult> Of(SweepResult sweep)
    {
        if (sweep.OtherMachines.Count == 0)
            return [sweep];
        var missing = Math.Max(0, sweep.PlannedTrials - sweep.Trials.Count);
        return
        [
            .. new[] { sweep.Machine }.Concat(sweep.OtherMachines).Select((machine, index) =>
            {
                TrialResult[] trials = [.. sweep.Trials.Where(trial => (trial.Machine ?? sweep.Machine.Id) == machine.Id)];
                var ran = trials.Select(trial => trial.Configuration.Id).ToHashSet(StringComparer.Ordinal);
                var elsewhere = sweep.Trials.Select(trial => trial.Configuration.Id).ToHashSet(StringComparer.Ordinal);
                return sweep with
                {
                    Machine = machine, OtherMachines = [], Trials = trials, PlannedTrials = trials.Length + (index == 0 ? missing : 0),
                    Configurations = [.. sweep.Configurations.Where(one => ran.Contains(one.Id) || (index == 0 && !elsewhere.Contains(one.Id)))],
                };
            }),
        ];
    }

    /// <summary>One judgement of those of the machines. Nothing is recommended for a dataset whose configurations ran on several: nobody compared them.</summary>
    /// <param name="sweep">The whole sweep.</param>
    /// <param name="parts">The judgement of each of <see cref="Of"/>, in that order.</param>
    public static Assessment Join(SweepResult sweep, IReadOnlyList<Assessment> parts)
    {
        if (parts is [var only])
            return only;
        var order = sweep.Configurations.Select((one, index) => (one.Id, index)).ToDictionary(one => one.Id, one => one.index, StringComparer.Ordinal);
        var spread = parts.SelectMany((part, index) => part.Configurations.Select(one => (Dataset: Dataset(one.Configuration), index)))
            .GroupBy(one => one.Dataset, one => one.index).Where(of => of.Distinct().Skip(1).Any()).Select(of => of.Key).ToHashSet(StringComparer.Ordinal);
        return new Assessment
        {
            Verdict = parts.Max(part => part.Verdict),
            Configurations = [.. parts.SelectMany(part => part.Configurations).OrderBy(one => order[one.Configuration.Id])],
            Advice = [.. parts.SelectMany(part => part.Advice).Where(advice => !spread.Contains(advice.Dataset ?? ""))],
            Memory = [.. parts.SelectMany(part => part.Memory)],
            Diagnostics =
            [
                .. parts.SelectMany(part => part.Diagnostics).DistinctBy(one => (one.Code, one.Message)),
                GateDiagnostics.SeveralMachines.Warning($"the shards ran on {parts.Count} machines ({string.Join(", ", new[] { sweep.Machine }.Concat(sweep.OtherMachines).Select(machine => machine.Id))}): "
                    + $"each was judged by itself{(spread.Count == 0 ? "" : ", and nothing is recommended where a dataset's configurations ran on several")}"),
            ],
        };
    }

    private static string Dataset(Configuration configuration) => configuration.Values.TryGetValue(AxisNames.Dataset, out var value) ? value.Text : "";
}
