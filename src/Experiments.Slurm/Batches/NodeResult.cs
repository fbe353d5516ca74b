using Experiments.Core.Results;

namespace Experiments.Slurm.Batches;

/// <summary>What a trial came to on a node.</summary>
/// <param name="Result">The result.</param>
/// <param name="Machine">What the node is.</param>
internal sealed record NodeResult(TrialResult Result, MachineFingerprint Machine);
