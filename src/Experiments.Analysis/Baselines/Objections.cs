using Experiments.Analysis.Measuring;
using Experiments.Analysis.Text;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Baselines;

/// <summary>What speaks against a sweep as the baseline: later sweeps are green by it, so it has to be whole, passing, and no worse than the one in force.</summary>
public static class Objections
{
    /// <summary>Growth of memory that needs a reason where the definition's gates name no other, in percent.</summary>
    private const double UsualIncreasePercent = 10;

    /// <summary>Smaller growth is the scatter of small processes, in MiB.</summary>
    private const double LeastIncreaseMegabytes = 4;

    private const int MostNames = 3;
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Verdicts of these say only that there is no baseline yet.</summary>
    private static readonly string[] NoBaseline = [GateDiagnostics.MissingBaseline.Code, GateDiagnostics.OtherMachine.Code, GateDiagnostics.BaselineLacksMetric.Code];

    /// <summary>What speaks against it, each a clause; empty when nothing does.</summary>
    /// <param name="report">The sweep and what was judged of it.</param>
    /// <param name="definition">The definition as it is now: its matrix is what a whole sweep measures.</param>
    /// <param name="current">The baseline in force, or null.</param>
    public static IReadOnlyList<string> To(SweepReport report, ExperimentDefinition definition, Baseline? current)
    {
        var candidate = BaselineFrom.Sweep(report.Sweep, report.Sweep.EndedAt);
        var missing = Without(MatrixExpansion.Expand(definition.Matrix), candidate.Configurations.Select(one => one.Configuration));
        var lost = current is null ? [] : Without(current.Configurations.Select(one => one.Configuration), candidate.Configurations.Select(one => one.Configuration).Concat(missing));
        return
        [
            .. Verdict(report),
            .. Bearing.Fault(report, definition) is { } fault ? new[] { fault } : [],
            .. missing.Count == 0 ? [] : new[] { $"of the matrix it did not measure {Names(missing)} (a failed trial, --filter, --shard, or a matrix that changed since)" },
            .. lost.Count == 0 ? [] : new[] { $"the baseline would lose {Names(lost)}" },
            .. current is null ? [] : Worse(current, candidate, definition.Gates),
        ];
    }

    private static IEnumerable<string> Verdict(SweepReport report)
    {
        var assessment = report.Assessment;
        var errors = assessment.Diagnostics.Concat(assessment.Configurations.SelectMany(one => one.Diagnostics)).Where(one => one.Severity == DiagnosticSeverity.Error).ToArray();
        var red = errors.Where(one => !NoBaseline.Contains(one.Code)).ToArray();
        if (red.Length > 0)
            yield return $"its verdict is {VerdictWords.Of(assessment.Verdict)} ({red[0].Code}: {red[0].Message}{(red.Length > 1 ? $"; {red.Length - 1} more" : "")})";
        else if (assessment.Verdict != VerdictKind.Pass && errors.Length == 0)
            yield return $"its verdict is {VerdictWords.Of(assessment.Verdict)}";
        var notMeasured = report.Sweep.Trials.Count(trial => !trial.IsMeasured) + Math.Max(report.Sweep.PlannedTrials - report.Sweep.Trials.Count, 0);
        if (notMeasured > 0)
            yield return $"{notMeasured} of {Quantity.Count(report.Sweep.PlannedTrials, "trial")} measured nothing";
        if (report.Sweep.OtherCode.Count > 0)
            yield return $"it was continued with changed code ({string.Join(", then ", report.Sweep.OtherCode)})";
    }

    private static IEnumerable<string> Worse(Baseline current, Baseline candidate, Gates gates)
    {
        if (Ratchet.Slower(current, candidate) is { } slower)
            yield return slower;
        foreach (var (key, name, bounds) in new[] { (MetricKeys.MemoryPeakMegabytes, "peak memory", gates.PeakMemory), (MetricKeys.MemoryGpuPeakMegabytes, "peak GPU memory", gates.GpuMemory) })
        {
            var mostPercent = bounds.MaxIncreasePercent ?? UsualIncreasePercent;
            var pairs = BaselineDifference.Between(current, candidate, key).ToArray();
            if (pairs.FirstOrDefault(pair => pair is { Old.Count: > 0, New.Count: 0 }) is { } unmeasured)
                yield return $"{name} was not measured at {unmeasured.Configuration.Name}, which the baseline has";
            // As the gate on growth over the baseline judges: every repeat is above every accepted one, and the median by more than the bound.
            var larger = pairs.Where(pair => pair is { Old.Count: > 0, New.Count: > 0 } && pair.New.Min() > pair.Old.Max() && pair.ChangePercent > mostPercent && pair.NewMedian - pair.OldMedian > LeastIncreaseMegabytes).MaxBy(pair => pair.ChangePercent);
            if (larger is null)
                continue;
            var (seen, before) = Quantity.Bytes(larger.NewMedian!.Value * Mebibyte, larger.OldMedian!.Value * Mebibyte);
            yield return $"{name} {seen} at {larger.Configuration.Name} is {Quantity.Percent(larger.ChangePercent!.Value)} above the baseline's {before}";
        }
    }

    private static List<Configuration> Without(IEnumerable<Configuration> all, IEnumerable<Configuration> some)
    {
        var ids = some.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(one => !ids.Contains(one.Id))];
    }

    private static string Names(List<Configuration> configurations) =>
        $"{Quantity.Count(configurations.Count, "configuration")}: {string.Join(", ", configurations.Take(MostNames).Select(one => one.Name))}{(configurations.Count > MostNames ? ", …" : "")}";
}
