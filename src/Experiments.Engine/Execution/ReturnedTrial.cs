using Experiments.Core.Results;

namespace Experiments.Engine.Execution;

/// <summary>What a trial that ran elsewhere came to.</summary>
/// <param name="Result">Its result.</param>
/// <param name="Machine">The machine that it ran on; null: it ran on none.</param>
public sealed record ReturnedTrial(TrialResult Result, MachineFingerprint? Machine);
