using Experiments.Analysis.Baselines;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Mlflow;
using Experiments.Recording;
using Experiments.Reports.Tracking;

namespace Experiments.Comparing;

/// <summary>Earlier sweeps of a definition on one machine: those of its folder, and those that MLflow holds.</summary>
internal static class PastSweeps
{
    /// <summary>More nights than these say nothing about today.</summary>
    public const int Most = 200;

    /// <summary>The latest sweeps, once each, all under the machine's present id, whatever other it bore when they ran. A sweep or a store that cannot be read is said, and the others are given.</summary>
    public static async Task<IReadOnlyList<PastSweep>> ReadAsync(
        ExperimentDefinition definition, SweepOptions place, (string Id, IReadOnlySet<string> Names) machine, CancellationToken cancellationToken)
    {
        var sweeps = SweepFolder.All(place.Root, definition.Name).Where(sweep => sweep.HasResults).Take(Most)
            .Select(sweep => Read(sweep, definition, place.Notes)).OfType<SweepReport>()
            .Where(report => machine.Names.Contains(report.Sweep.Machine.Id) || MachineNames.Of(report.Sweep.Machine).Contains(machine.Id)).Select(BaselineFrom.Past).ToList();
        sweeps.AddRange(await RecordedAsync(definition, place, machine.Names, cancellationToken).ConfigureAwait(false));
        return [.. sweeps.DistinctBy(sweep => sweep.SweepId).OrderByDescending(sweep => sweep.StartedAt).Take(Most).Select(sweep => sweep with { MachineId = machine.Id })];
    }

    /// <summary>Those of a machine that MLflow holds. A store that cannot be read is said, and nothing is given.</summary>
    public static async Task<IReadOnlyList<PastSweep>> RecordedAsync(
        ExperimentDefinition definition, SweepOptions place, IReadOnlySet<string> machineNames, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = Tracking.Open(definition);
            return await RecordedSweeps.ReadAsync(store, definition, machineNames, cancellationToken).Take(Most).ToArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is MlflowException or DiagnosticException)
        {
            place.Notes.WriteLine(TrackingDiagnostics.NotRead.Warning($"the history of {definition.Name}: {(problem as DiagnosticException)?.Diagnostic.Message ?? problem.Message}; only the sweeps of this folder are looked at", definition.PositionOf("mlflow.tracking_uri")));
            return [];
        }
    }

    /// <summary>An old sweep may be torn, written by a later version, or half of a download: that is said, and it is none of the new one's.</summary>
    /// <param name="sweep">The sweep's folder, which has results.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="output">Where it is said.</param>
    public static SweepReport? Read(SweepFolder sweep, ExperimentDefinition definition, TextWriter output)
    {
        try
        {
            var report = sweep.ReadReport();
            _ = (BaselineFrom.Past(report), MachineNames.Of(report.Sweep.Machine)); // a file that reads well may still hold no sweep
            return report;
        }
#pragma warning disable CA1031 // whatever it holds
        catch (Exception problem)
#pragma warning restore CA1031
        {
            output.WriteLine(TrackingDiagnostics.UnreadableSweep.Warning($"sweep {sweep.SweepId} is left out of the history: {(problem as DiagnosticException)?.Diagnostic.Message ?? problem.Message}", definition.PositionOf("name")));
            return null;
        }
    }
}
