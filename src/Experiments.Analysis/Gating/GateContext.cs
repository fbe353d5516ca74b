using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>What gates are judged by.</summary>
/// <param name="Definition">The definition with its gates and their places.</param>
/// <param name="Machine">The machine that was measured.</param>
/// <param name="Baseline">A baseline of the same machine, or null.</param>
internal sealed record GateContext(ExperimentDefinition Definition, MachineFingerprint Machine, Baseline? Baseline)
{
    private readonly Dictionary<string, BaselineConfiguration> accepted =
        (Baseline?.Configurations ?? []).DistinctBy(one => one.Configuration.Id).ToDictionary(one => one.Configuration.Id, StringComparer.Ordinal);

    public Gates Gates => Definition.Gates;

    /// <summary>Where a gate stands.</summary>
    public SourcePosition PositionOf(string gate) => Definition.PositionOf($"gates.{gate}");

    /// <summary>What was accepted of a configuration, or null.</summary>
    public BaselineConfiguration? AcceptedOf(Configuration configuration) => accepted.GetValueOrDefault(configuration.Id);

    /// <summary>The accepted repeats of a metric; empty when there are none.</summary>
    public IReadOnlyList<double> Accepted(Configuration configuration, string key) =>
        accepted.GetValueOrDefault(configuration.Id)?.Metrics.GetValueOrDefault(key)?.Where(double.IsFinite).ToArray() ?? [];
}
