using Experiments.Analysis.Advising;
using Experiments.Analysis.Gating;
using Experiments.Analysis.Measuring;
using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis;

/// <summary>Draws verdicts and advice from what a sweep measured.</summary>
public static class Judge
{
    /// <summary>Judges a sweep. The rules are in docs/gates.md.</summary>
    /// <param name="sweep">What was measured.</param>
    /// <param name="definition">The definition, whose gates decide.</param>
    /// <param name="baseline">The accepted results, or null when there are none; another machine's are said and not compared with.</param>
    /// <param name="past">Earlier sweeps in any order, for the gate <c>trend</c>; null: none are known.</param>
    public static Assessment Assess(SweepResult sweep, ExperimentDefinition definition, Baseline? baseline, IReadOnlyList<PastSweep>? past = null)
    {
        var (comparable, baselineFindings) = BaselineGate.Check(sweep, definition, baseline);
        var context = new GateContext(definition, sweep.Machine, comparable);
        var configurations = ConfigurationTrials.Group(sweep, context);
        var throughput = new ThroughputGate(configurations, context);
        var pairs = new PairGate(sweep, context);
        var trend = new TrendGate(sweep, past ?? [], context);
        var floor = baselineFindings.Select(finding => finding.Verdict).DefaultIfEmpty().Max();
        var verdicts = configurations.Select(trials => Verdict(trials, context, [.. throughput.Check(trials), .. pairs.Check(trials), .. trend.Check(trials.Configuration)], floor, pairs.ChangeOf(trials) ?? throughput.ChangeOf(trials))).ToArray();
        Finding[] sweepFindings = [.. baselineFindings, .. new[] { Incomplete(sweep, context), SharedFate.Said(sweep, context) }.OfType<Finding>()];
        var memory = Foresight.Advise(sweep);
        return new Assessment
        {
            Verdict = verdicts.Select(verdict => verdict.Verdict).Concat(sweepFindings.Select(finding => finding.Verdict))
                .DefaultIfEmpty(VerdictKind.NotMeasured).Max(),
            Configurations = verdicts,
            Advice = Advisor.Advise(configurations, verdicts, memory, context),
            Memory = memory,
            Diagnostics =
            [
                .. sweep.Remarks,
                .. sweepFindings.Select(finding => finding.Diagnostic)
                    .Concat([throughput.BlindSpot(configurations), MeasuredTime.Warning(configurations, context), BusyMachine.Warning(sweep, context), SeveralCodes.Warning(sweep, context)]).OfType<Diagnostic>(),
            ],
        };
    }

    private static ConfigurationVerdict Verdict(
        ConfigurationTrials trials, GateContext context, IReadOnlyList<Finding> compared, VerdictKind floor, ThroughputChange? change)
    {
        Finding[] findings =
        [
            .. TrialStatusGate.Check(trials, context),
            .. PeakMemoryGate.OfTree.Check(trials, context),
            .. PeakMemoryGate.OfGpus.Check(trials, context),
            .. MetricGate.Check(trials, context),
            .. MemoryGrowthGate.Check(trials, context),
            .. compared,
            .. DataStallGate.Check(trials, context),
        ];
        var before = context.Accepted(trials.Configuration, trials.ThroughputKey);
        return new ConfigurationVerdict
        {
            Configuration = trials.Configuration,
            Verdict = findings.Select(finding => finding.Verdict).Append(floor).Max(),
            MeasuredTrials = trials.Measured.Count,
            Trials = trials.Ended.Count,
            Medians = trials.Medians(),
            SamplesPerSecond = trials.Throughput(),
            ThroughputMetric = trials.ThroughputKey,
            PeakMegabytes = trials.PeakMegabytes(),
            SpreadPercent = trials.SpreadPercent(),
            BaselineSamplesPerSecond = before.Count == 0 ? null : RobustLocation.Median(before),
            Throughput = change,
            Diagnostics = Lines(findings),
        };
    }

    /// <summary>The line of the worst finding; warnings besides. A configuration that fails twice is mended once, worst first.</summary>
    private static Diagnostic[] Lines(Finding[] findings)
    {
        var worst = findings.Where(finding => finding.Diagnostic?.Severity == DiagnosticSeverity.Error).MaxBy(finding => finding.Verdict);
        return [.. findings.Where(finding => finding.Diagnostic?.Severity == DiagnosticSeverity.Warning).Prepend(worst).Select(finding => finding?.Diagnostic).OfType<Diagnostic>()];
    }

    private static Finding? Incomplete(SweepResult sweep, GateContext context)
    {
        var ended = sweep.Trials.Count(trial => trial.Status != TrialStatus.Cancelled);
        return ended >= sweep.PlannedTrials && sweep.PlannedTrials > 0 ? null : new Finding(VerdictKind.NotMeasured, GateDiagnostics.Incomplete.Error(
            $"{sweep.PlannedTrials - ended} of {Quantity.Count(sweep.PlannedTrials, "planned trial")} of {sweep.SweepId} did not run; experiments resume continues the sweep",
            context.Definition.PositionOf("matrix")));
    }
}
