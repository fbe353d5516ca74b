using Experiments.Analysis.Baselines;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Baselines;

namespace Experiments.Tool.Running;

/// <summary>Accepted baselines live beside the definition, or the script that it is written in: <c>baselines/EXPERIMENT.MACHINE.json</c>.</summary>
internal static class Baselines
{
    public static string PathOf(ExperimentDefinition definition, MachineFingerprint machine) =>
        BaselineFile.PathOf(Path.Combine(Path.GetDirectoryName(definition.Source?.File ?? definition.File) ?? "", "baselines"), definition.Name, machine.Id);

    /// <summary>The accepted results for this machine, or null.</summary>
    /// <exception cref="DiagnosticException">EXP5004: the file is there and cannot be read.</exception>
    public static Baseline? Accepted(ExperimentDefinition definition, MachineFingerprint machine) => BaselineFile.Read(PathOf(definition, machine));

    /// <summary>Lets the accepted file move to the better by itself, where the definition says so.</summary>
    /// <returns>What was done, or null.</returns>
    public static string? Ratchet(ExperimentDefinition definition, SweepReport report)
    {
        if (!definition.Gates.Baseline.Ratchet || report.Assessment.Verdict != VerdictKind.Pass)
            return null;
        var candidate = BaselineFrom.Sweep(report.Sweep, report.Sweep.EndedAt);
        var decision = Analysis.Baselines.Ratchet.Move(Accepted(definition, report.Sweep.Machine), candidate, definition.Gates.ThroughputMaxRegressionPercent ?? 5);
        if (!decision.Accepted)
            return null;
        var file = PathOf(definition, report.Sweep.Machine);
        BaselineFile.Write(file, candidate);
        return $"{file}: sweep {candidate.SweepId} is the baseline now: {decision.Reason}";
    }
}
