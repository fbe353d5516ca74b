using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Baselines;

namespace Experiments.Comparing;

/// <summary>Accepted baselines live beside the definition, or the script that it is written in: <c>baselines/EXPERIMENT.MACHINE.json</c>.</summary>
internal static class Baselines
{
    /// <summary>The file of this machine: the one that is there, under whatever id the machine bore when it was accepted, or the one to be made.</summary>
    public static string PathOf(ExperimentDefinition definition, MachineFingerprint machine)
    {
        var folder = Path.Combine(Path.GetDirectoryName(definition.Source?.File ?? definition.File) ?? "", "baselines");
        var usual = BaselineFile.PathOf(folder, definition.Name, machine.Id);
        return File.Exists(usual) ? usual : BaselineFile.FindFormer(folder, definition.Name, machine) ?? usual;
    }

    /// <summary>The accepted results for this machine, or null.</summary>
    /// <exception cref="DiagnosticException">EXP5004: the file is there and cannot be read.</exception>
    public static Baseline? Accepted(ExperimentDefinition definition, MachineFingerprint machine) => BaselineFile.Read(PathOf(definition, machine));

    /// <summary>Lets the accepted file move to the better by itself, where the definition says so.</summary>
    /// <returns>What was done, or null.</returns>
    public static string? Ratchet(ExperimentDefinition definition, SweepReport report)
    {
        if (!definition.Gates.Baseline.Ratchet)
            return null;
        var decision = Analysis.Baselines.Ratchet.Move(report, definition, Accepted(definition, report.Sweep.Machine));
        if (!decision.Accepted)
            return null;
        var file = PathOf(definition, report.Sweep.Machine);
        BaselineFile.Write(file, Analysis.Baselines.BaselineFrom.Sweep(report.Sweep, report.Sweep.EndedAt));
        return $"{file}: sweep {report.Sweep.SweepId} is the baseline now: {decision.Reason}";
    }
}
