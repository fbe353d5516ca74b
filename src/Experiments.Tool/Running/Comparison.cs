using Experiments.Analysis;
using Experiments.Analysis.Baselines;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Mlflow;
using Experiments.Reports.Tracking;

namespace Experiments.Tool.Running;

/// <summary>What a definition's sweep on one machine is compared with: the baseline that its gates name and, where one asks for it, the history.</summary>
internal sealed class Comparison
{
    private readonly ExperimentDefinition definition;
    private readonly string root;
    private readonly Baseline? baseline;

    private Comparison(ExperimentDefinition definition, string root, Baseline? baseline) => (this.definition, this.root, this.baseline) = (definition, root, baseline);

    /// <summary>Reads the baseline.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="root">Absolute folder where sweeps live.</param>
    /// <param name="machine">The machine of the sweep.</param>
    /// <param name="before">When the sweep started: only what is older is compared with.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DiagnosticException">EXP5004, EXP3010, EXP4003: the file, the sweep or the store cannot be read.</exception>
    public static async Task<Comparison> ReadAsync(
        ExperimentDefinition definition, string root, MachineFingerprint machine, DateTimeOffset before, CancellationToken cancellationToken) =>
        new(definition, root, definition.Gates.Baseline.Source switch
        {
            BaselineChoice.File => Baselines.Accepted(definition, machine),
            BaselineChoice.Mlflow => await RecordedAsync(definition, machine, before, cancellationToken).ConfigureAwait(false),
            var source => OfSweep(SweepFolder.Of(root, definition.Name, source[BaselineChoice.SweepPrefix.Length..])),
        });

    /// <summary>The trials that the measurements so far call for.</summary>
    public IReadOnlyList<PlannedTrial> MoreTrials(SweepResult sweep) => NextTrials.Decide(sweep, definition, baseline);

    /// <summary>Judges the sweep.</summary>
    public async Task<SweepReport> JudgeAsync(SweepResult sweep, TextWriter output, CancellationToken cancellationToken)
    {
        var past = definition.Gates.TrendMaxSlowdownPercent is null ? []
            : await PastSweeps.ReadAsync(definition, root, sweep.Machine.Id, output, cancellationToken).ConfigureAwait(false);
        return new SweepReport { Sweep = sweep, Assessment = Judge.Assess(sweep, definition, baseline, past) };
    }

    private static Baseline OfSweep(SweepFolder folder)
    {
        var sweep = folder.ReadReport().Sweep;
        return BaselineFrom.Sweep(sweep, sweep.EndedAt);
    }

    private static async Task<Baseline?> RecordedAsync(
        ExperimentDefinition definition, MachineFingerprint machine, DateTimeOffset before, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = Tracking.Open(definition);
            return await BaselineFrom.LastAsync(
                RecordedSweeps.ReadAsync(store, definition, machine.Id, cancellationToken), definition, machine, before, Baselines.Accepted(definition, machine)).ConfigureAwait(false);
        }
        catch (MlflowException problem)
        {
            throw new DiagnosticException(
                TrackingDiagnostics.NotRead.Error($"the baseline of {definition.Name}: {problem.Message}", definition.PositionOf("gates.baseline.source")), problem);
        }
    }
}
