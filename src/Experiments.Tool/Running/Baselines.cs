using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Engine.Baselines;

namespace Experiments.Tool.Running;

/// <summary>Baselines live beside the definition, or the script that it is written in: <c>baselines/EXPERIMENT.MACHINE.json</c>.</summary>
internal static class Baselines
{
    public static string PathOf(ExperimentDefinition definition, MachineFingerprint machine) =>
        BaselineFile.PathOf(Path.Combine(Path.GetDirectoryName(definition.Source?.File ?? definition.File) ?? "", "baselines"), definition.Name, machine.Id);

    /// <summary>The accepted results for this machine, or null.</summary>
    /// <exception cref="Engine.DiagnosticException">The file is there and cannot be read.</exception>
    public static Baseline? Read(ExperimentDefinition definition, MachineFingerprint machine) => BaselineFile.Read(PathOf(definition, machine));
}
