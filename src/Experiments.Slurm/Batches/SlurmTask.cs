namespace Experiments.Slurm.Batches;

/// <summary>What one job runs.</summary>
/// <param name="Orders">The trials, in their order.</param>
internal sealed record SlurmTask(IReadOnlyList<SlurmOrder> Orders);
