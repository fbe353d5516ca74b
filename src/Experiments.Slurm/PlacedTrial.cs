using Experiments.Slurm.Batches;

namespace Experiments.Slurm;

/// <summary>A trial and the job that runs it.</summary>
/// <param name="Folder">The batch's folder.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Task">The job's index in it.</param>
/// <param name="Order">The trial.</param>
internal sealed record PlacedTrial(BatchFolder Folder, SlurmBatch Batch, int Task, SlurmOrder Order)
{
    /// <summary>The trial's id.</summary>
    public string Id => Order.Trial.Id;

    /// <summary>The trials of batches that a sweep submitted, each in the latest job that is to run it; those that were called back or given up are left out.</summary>
    /// <param name="batches">The batches, the latest last.</param>
    public static IReadOnlyDictionary<string, PlacedTrial> Of(IEnumerable<(BatchFolder Folder, SlurmBatch Batch)> batches)
    {
        var placed = new Dictionary<string, PlacedTrial>(StringComparer.Ordinal);
        foreach (var (folder, batch) in batches)
        {
            var files = folder.ReadNames();
            foreach (var (task, orders) in batch.Tasks.Index())
            {
                foreach (var order in orders.Orders)
                {
                    var hasResult = files.ResultAttempt(order.Trial.Id) is not null;
                    if (hasResult || !(files.IsRevoked || files.IsLost(task)))
                        placed[order.Trial.Id] = new PlacedTrial(folder, batch, task, order);
                    else
                        placed.Remove(order.Trial.Id);
                }
            }
        }

        return placed;
    }
}
