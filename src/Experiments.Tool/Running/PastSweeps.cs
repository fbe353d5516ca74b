using Experiments.Analysis.Baselines;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine.Journal;
using Experiments.Mlflow;
using Experiments.Reports.Tracking;

namespace Experiments.Tool.Running;

/// <summary>Earlier sweeps of a definition on one machine: those of its folder, and those that MLflow holds.</summary>
internal static class PastSweeps
{
    /// <summary>More nights than these say nothing about today.</summary>
    public const int Most = 200;

    /// <summary>The latest sweeps, once each. A store that cannot be read is said, and the folder's alone are given.</summary>
    public static async Task<IReadOnlyList<PastSweep>> ReadAsync(
        ExperimentDefinition definition, string root, string machineId, TextWriter output, CancellationToken cancellationToken)
    {
        var sweeps = SweepFolder.All(root, definition.Name).Where(sweep => File.Exists(sweep.Results)).Take(Most)
            .Select(sweep => BaselineFrom.Past(sweep.ReadReport())).Where(sweep => sweep.MachineId == machineId).ToList();
        try
        {
            await using var store = Tracking.Open(definition);
            sweeps.AddRange(await RecordedSweeps.ReadAsync(store, definition, machineId, cancellationToken).Take(Most).ToArrayAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (MlflowException problem)
        {
            output.WriteLine(TrackingDiagnostics.NotRead.Warning($"the history of {definition.Name}: {problem.Message}; only the sweeps of this folder are looked at", definition.PositionOf("mlflow.tracking_uri")));
        }

        return [.. sweeps.DistinctBy(sweep => sweep.SweepId).OrderByDescending(sweep => sweep.StartedAt).Take(Most)];
    }
}
