using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>Whether there is a baseline that may be compared with. Results of different machines never are.</summary>
internal static class BaselineGate
{
    /// <summary>The baseline if it can be compared, and what to say if it, or a part of it, cannot.</summary>
    public static (Baseline? Comparable, IReadOnlyList<Finding> Findings) Check(SweepResult sweep, ExperimentDefinition definition, Baseline? baseline)
    {
        var gates = Compared(definition.Gates).ToArray();
        if (baseline is not null && baseline.Machine.IsSameAs(sweep.Machine))
            return (baseline, [.. new[] { SoftwareOf(baseline, sweep, definition), Lacking(baseline, gates, sweep, definition) }.OfType<Finding>()]);
        if (gates.Length == 0)
            return (null, []);
        var (rule, cause) = baseline is null
            ? (GateDiagnostics.MissingBaseline, $"no baseline of {definition.Name} for the machine {sweep.Machine.Id}")
            : (GateDiagnostics.OtherMachine, $"the baseline of {definition.Name} is of the machine {baseline.Machine.Id}, this is {sweep.Machine.Id}{Difference(baseline.Machine, sweep.Machine)}");
        return (null, [NotCompared(rule, cause, gates[0].Key, sweep, definition)]);
    }

    /// <summary>The gates that compare with a baseline, and the metrics of theirs that earlier baselines may lack; throughput first.</summary>
    private static IEnumerable<(string Key, string? Metric)> Compared(Gates gates)
    {
        if (gates.Throughput.BaselineBoundPercent is not null)
            yield return ("gates.throughput.max_regression", null);
        if (gates.PeakMemory.MaxIncreasePercent is not null)
            yield return ("gates.peak_memory.max_increase", null);
        if (gates.GpuMemory.MaxIncreasePercent is not null)
            yield return ("gates.gpu_memory.max_increase", MetricKeys.MemoryGpuPeakMegabytes);
        foreach (var bounds in gates.Metrics.Where(bounds => bounds.IsCompared))
            yield return ($"gates.metrics.{bounds.Metric}", bounds.Metric);
    }

    /// <summary>What no configuration of the baseline has: it was accepted before that was gated, or measured.</summary>
    private static Finding? Lacking(Baseline baseline, (string Key, string? Metric)[] gates, SweepResult sweep, ExperimentDefinition definition)
    {
        var lacking = gates.Where(gate => gate.Metric is not null && !baseline.Configurations.Any(one => one.Metrics.GetValueOrDefault(gate.Metric)?.Any(double.IsFinite) == true)).ToArray();
        return lacking.Length == 0 ? null
            : NotCompared(GateDiagnostics.BaselineLacksMetric, $"the baseline of sweep {baseline.SweepId} has no {string.Join(" and no ", lacking.Select(gate => gate.Metric))}", lacking[0].Key, sweep, definition);
    }

    private static Finding NotCompared(DiagnosticRule rule, string cause, string gate, SweepResult sweep, ExperimentDefinition definition)
    {
        var position = definition.PositionOf(gate);
        return definition.Gates.Throughput.AllowMissingBaseline
            ? new Finding(VerdictKind.Pass, rule.Warning($"{cause}; what compares with it is not gated, as allow_missing_baseline allows", position))
            : new Finding(VerdictKind.NotMeasured, rule.Error($"{cause}; accept one with: experiments baseline accept {sweep.SweepId}", position));
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
