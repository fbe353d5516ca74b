using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Slurm;
using Experiments.Slurm.Cluster;

namespace Experiments.Cluster;

/// <summary>Calls back what a sweep has on Slurm.</summary>
internal static class ClusterCancellation
{
    /// <summary>Calls it back.</summary>
    /// <exception cref="DiagnosticException">EXP3010: there is no such sweep. EXP3317: it has nothing on Slurm. EXP5050: Slurm is not here.</exception>
    public static async Task<int> RunAsync(ExperimentDefinition definition, SweepOptions options, CancellationToken cancellationToken)
    {
        var folder = LatestSweep.Any(options.Root, definition, options.SweepId);
        folder.ReadManifest(); // or there is no such sweep
        var open = ClusterChoice.Open(folder);
        if (open.Count == 0)
            throw new DiagnosticException(SlurmDiagnostics.NothingSubmitted.Error($"sweep {folder.SweepId} has no trial on Slurm that is not done"));
        await Recall.AllAsync(open.Select(one => (one.Folder, one.Batch)).DistinctBy(one => one.Folder), new SlurmClient(), problem => options.Notes.WriteLine(problem), cancellationToken).ConfigureAwait(false);
        return open.Count;
    }
}
