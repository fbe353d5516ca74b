using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>Whether there is a baseline that may be compared with. Results of different machines never are.</summary>
internal static class BaselineGate
{
    /// <summary>The baseline if it can be compared, and what to say if it cannot.</summary>
    public static (Baseline? Comparable, Finding? Finding) Check(SweepResult sweep, ExperimentDefinition definition, Baseline? baseline)
    {
        if (baseline is not null && baseline.Machine.Id == sweep.Machine.Id)
            return (baseline, null);
        var gates = definition.Gates;
        if (gates.ThroughputMaxRegressionPercent is null && gates.PeakMemoryMaxIncreasePercent is null)
            return (null, null);

        var gate = gates.ThroughputMaxRegressionPercent is null ? "gates.peak_memory.max_increase" : "gates.throughput.max_regression";
        var position = definition.PositionOf(gate);
        var (rule, cause) = baseline is null
            ? (GateDiagnostics.MissingBaseline, $"no baseline of {definition.Name} for the machine {sweep.Machine.Id}")
            : (GateDiagnostics.OtherMachine, $"the baseline of {definition.Name} is of the machine {baseline.Machine.Id}, this is {sweep.Machine.Id}{Difference(baseline.Machine, sweep.Machine)}");
        return gates.AllowMissingBaseline
            ? (null, new Finding(VerdictKind.Pass, rule.Warning($"{cause}; what compares with it is not gated, as allow_missing_baseline allows", position)))
            : (null, new Finding(VerdictKind.NotMeasured, rule.Error($"{cause}; accept one with: experiments baseline accept {sweep.SweepId}", position)));
    }

    private static string Difference(MachineFingerprint before, MachineFingerprint now)
    {
        var (what, was, isNow) = before.Cpu != now.Cpu ? ("CPU", before.Cpu, now.Cpu)
            : before.Gpu != now.Gpu ? ("GPU", before.Gpu, now.Gpu)
            : before.OperatingSystem != now.OperatingSystem ? ("operating system", before.OperatingSystem, now.OperatingSystem)
            : before.Runtime != now.Runtime ? ("runtime", before.Runtime, now.Runtime)
            : ("", "", "");
        return what.Length == 0 ? "" : $" ({what} {was}, now {isNow})";
    }
}
