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
        if (baseline is not null && baseline.Machine.IsSameAs(sweep.Machine))
            return (baseline, SoftwareOf(baseline, sweep, definition));
        var gates = definition.Gates;
        if (gates.Throughput.BaselineBoundPercent is null && gates.PeakMemory.MaxIncreasePercent is null)
            return (null, null);

        var gate = gates.Throughput.BaselineBoundPercent is null ? "gates.peak_memory.max_increase" : "gates.throughput.max_regression";
        var position = definition.PositionOf(gate);
        var (rule, cause) = baseline is null
            ? (GateDiagnostics.MissingBaseline, $"no baseline of {definition.Name} for the machine {sweep.Machine.Id}")
            : (GateDiagnostics.OtherMachine, $"the baseline of {definition.Name} is of the machine {baseline.Machine.Id}, this is {sweep.Machine.Id}{Difference(baseline.Machine, sweep.Machine)}");
        return gates.Throughput.AllowMissingBaseline
            ? (null, new Finding(VerdictKind.Pass, rule.Warning($"{cause}; what compares with it is not gated, as allow_missing_baseline allows", position)))
            : (null, new Finding(VerdictKind.NotMeasured, rule.Error($"{cause}; accept one with: experiments baseline accept {sweep.SweepId}", position)));
    }

    /// <summary>A warning where the same machine runs other software than it did: it may be what made a difference.</summary>
    private static Finding? SoftwareOf(Baseline baseline, SweepResult sweep, ExperimentDefinition definition)
    {
        var (before, now) = (baseline.Machine, sweep.Machine);
        var changed = new[]
        {
            before.Gpu == now.Gpu ? null : $"GPU {before.Gpu}, now {now.Gpu}",
            before.OperatingSystem == now.OperatingSystem ? null : $"operating system {before.OperatingSystem}, now {now.OperatingSystem}",
            before.Runtime == now.Runtime || definition.Train is not TorchSharpTask ? null : $"runtime {before.Runtime}, now {now.Runtime}",
        }.OfType<string>().ToArray();
        return changed.Length == 0 ? null : new Finding(VerdictKind.Pass, GateDiagnostics.SoftwareChanged.Warning(
            $"the baseline of sweep {baseline.SweepId} was measured with {string.Join(" and ", changed)}", definition.PositionOf("gates")));
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
