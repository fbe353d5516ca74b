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

/// <summary>What a definition's sweep on one machine is compared with.</summary>
/// <param name="Baseline">The baseline that its gates name; null: there is none.</param>
/// <param name="Past">Earlier sweeps, where a gate asks for them.</param>
internal sealed record Comparison(Baseline? Baseline, IReadOnlyList<PastSweep> Past)
{
    /// <summary>Reads it.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="place">Where its sweeps live, and where what cannot be read of the history is said.</param>
    /// <param name="machine">The machine of the sweep.</param>
    /// <param name="before">When the sweep started: only what is older is compared with.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DiagnosticException">EXP5004, EXP3010, EXP4003: the file, the sweep or the store cannot be read.</exception>
    public static async Task<Comparison> ReadAsync(
        ExperimentDefinition definition, SweepOptions place, MachineFingerprint machine, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var baseline = definition.Gates.Baseline.Source switch
        {
            BaselineChoice.File => Baselines.Accepted(definition, machine),
            BaselineChoice.Mlflow => await RecordedAsync(definition, machine, before, cancellationToken).ConfigureAwait(false),
            var source => OfSweep(SweepFolder.Of(place.Root, definition.Name, source[BaselineChoice.SweepPrefix.Length..]), definition),
        };
        var past = definition.Gates.Trend.MaxSlowdownPercent is null ? []
            : await PastSweeps.ReadAsync(definition, place, (machine.Id, MachineNames.Of(machine)), cancellationToken).ConfigureAwait(false);
        return new Comparison(baseline, past);
    }

    private static Baseline OfSweep(SweepFolder folder, ExperimentDefinition definition)
    {
        try
        {
            var sweep = folder.ReadReport().Sweep;
            return BaselineFrom.Sweep(sweep, sweep.EndedAt);
        }
        catch (DiagnosticException problem)
        {
            throw new DiagnosticException(TrialDiagnostics.NoSuchSweep.Error(
                $"the sweep {folder.SweepId}, which is to be the baseline: {problem.Diagnostic.Message}; name a finished sweep of {definition.Name}", definition.PositionOf("gates.baseline.source")), problem);
        }
    }

    private static async Task<Baseline?> RecordedAsync(
        ExperimentDefinition definition, MachineFingerprint machine, DateTimeOffset before, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = Tracking.Open(definition);
            return await BaselineFrom.LastAsync(
                RecordedSweeps.ReadAsync(store, definition, MachineNames.Of(machine), cancellationToken).Select(one => one with { MachineId = machine.Id }), definition, machine, before, Baselines.Accepted(definition, machine)).ConfigureAwait(false);
        }
        catch (MlflowException problem)
        {
            throw new DiagnosticException(
                TrackingDiagnostics.NotRead.Error($"the baseline of {definition.Name}: {problem.Message}", definition.PositionOf("gates.baseline.source")), problem);
        }
    }
}
