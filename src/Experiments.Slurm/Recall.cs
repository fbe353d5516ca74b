using Experiments.Core.Diagnostics;
using Experiments.Engine.Journal;
using Experiments.Slurm.Batches;
using Experiments.Slurm.Cluster;

namespace Experiments.Slurm;

/// <summary>Calls batches back: first by a file, which their jobs heed whether Slurm hears or not, then by <c>scancel</c>.</summary>
internal static class Recall
{
    /// <summary>Calls them back.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="client">Asks Slurm.</param>
    /// <param name="note">Hears that Slurm does not.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public static async Task AllAsync(IEnumerable<(BatchFolder Folder, SlurmBatch Batch)> batches, SlurmClient client, Action<Diagnostic> note, CancellationToken cancellationToken)
    {
        (BatchFolder Folder, SlurmBatch Batch)[] all = [.. batches];
        foreach (var (folder, _) in all.Where(one => Directory.Exists(one.Folder.Path)))
            AtomicFile.WriteAllText(folder.Revoked, "cancelled", flush: true);
        foreach (var (_, batch) in all)
        {
            var answer = await client.AskAsync("scancel", [$"--name={batch.JobName}"], cancellationToken).ConfigureAwait(false);
            if (answer.IsGood)
                continue;
            note(SlurmDiagnostics.Unreachable.Warning($"scancel: {answer.Complaint}; jobs of {batch.JobName} that run end within seconds by themselves, those that wait do when their turn comes"));
            return;
        }
    }
}
