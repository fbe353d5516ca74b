using Experiments.Analysis.Gating;
using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis;

/// <summary>Which trials need not run, because one before them failed of a cause that lies outside the matrix.</summary>
public static class SharedFate
{
    private static readonly HashSet<string> LoaderSettings =
        [AxisNames.NumWorkers, AxisNames.PinMemory, AxisNames.PrefetchFactor, AxisNames.PersistentWorkers, AxisNames.BatchSize];

    /// <summary>
    /// The trial whose failure the given one would repeat. Arguments that the script does not take and a syntax error meet every trial. An import may depend on a dataset,
    /// a variable or an option: it meets those trials that differ in settings of the loader only.
    /// </summary>
    /// <param name="trial">The trial, before it runs.</param>
    /// <param name="done">The sweep's trials so far.</param>
    /// <returns>The trial that failed; null when there is none.</returns>
    public static TrialResult? Of(PlannedTrial trial, IReadOnlyCollection<TrialResult> done) =>
        done.FirstOrDefault(one => PyTorchDiagnostics.IsOutsideMatrix(one)
            && (PyTorchDiagnostics.MeetsEveryTrial(one) || DifferInLoaderOnly(one.Configuration, trial.Configuration))) is { } failed
        && !done.Any(one => one.IsMeasured && DifferInLoaderOnly(one.Configuration, trial.Configuration)) ? failed : null;

    /// <summary>What was skipped, in one line for the whole sweep; null when nothing was.</summary>
    internal static Finding? Said(SweepResult sweep, GateContext context)
    {
        var skipped = sweep.Trials.Count(trial => trial.Status == TrialStatus.Skipped);
        if (skipped == 0)
            return null;
        var causes = string.Join(", ", sweep.Trials.Where(PyTorchDiagnostics.IsOutsideMatrix)
            .Select(trial => $"{trial.Diagnostics.First(one => one.Severity == DiagnosticSeverity.Error).Code} at {trial.Configuration.Name}").Distinct());
        return new Finding(VerdictKind.NotMeasured, PyTorchDiagnostics.Skipped.Warning(
            $"{skipped} of {Quantity.Count(sweep.PlannedTrials, "trial")} did not run: {causes} would meet them alike", context.Definition.PositionOf("train")));
    }

    private static bool DifferInLoaderOnly(Configuration one, Configuration other) =>
        one.Values.Keys.Union(other.Values.Keys).Where(axis => !LoaderSettings.Contains(axis))
            .All(axis => one.Values.TryGetValue(axis, out var mine) && other.Values.TryGetValue(axis, out var theirs) && mine.Text == theirs.Text);
}
