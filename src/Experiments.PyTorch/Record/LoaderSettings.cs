namespace Experiments.PyTorch.Record;

/// <summary>The settings of one loader; null where torch or the record does not tell.</summary>
/// <param name="NumWorkers">Worker processes.</param>
/// <param name="PinMemory">Whether batches are copied into page-locked memory.</param>
/// <param name="PrefetchFactor">Batches that each worker loads ahead.</param>
/// <param name="PersistentWorkers">Whether workers outlive an epoch.</param>
/// <param name="BatchSize">Samples a batch.</param>
public sealed record LoaderSettings(int? NumWorkers, bool? PinMemory, int? PrefetchFactor, bool? PersistentWorkers, int? BatchSize);
