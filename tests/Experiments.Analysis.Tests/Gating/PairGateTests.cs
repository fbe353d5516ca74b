using Experiments.Analysis.Scheduling;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Pairs;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis.Tests.Gating;

/// <summary>Throughput against old code: what is compared, when, and what it means.</summary>
public sealed class PairGateTests
{
    private static readonly ExperimentDefinition Definition = new()
    {
        Name = "pairs",
        File = "pairs.yaml",
        Train = new CommandTask { Command = ["train"] },
        Matrix = new MatrixDefinition { Axes = [new Axis { Name = AxisNames.NumWorkers, Values = [AxisValue.Of(0), AxisValue.Of(2), AxisValue.Of(4)] }] },
        Gates = new Gates { Throughput = new ThroughputBounds { MaxRegressionPercent = 5, Against = "main", AllowMissingBaseline = false } },
    };

    private static readonly Plan Plan = Planner.Create(Definition, new PlanOptions());

    [Fact]
    public void Each_configuration_that_ran_is_compared_once_after_all_trials()
    {
        var crashed = Plan.Trials[1].Configuration;
        var results = Plan.Trials.Select(trial => trial.Configuration == crashed ? SampleSweep.Trial(trial.Configuration, 1, 100, status: TrialStatus.Failed) : SampleSweep.Trial(trial.Configuration, 1, 100)).ToArray();
        Assert.IsType<RunTrial>(Schedule.Next(Definition, After(results[..2])));
        var pairs = new List<PairComparison>();
        while (Schedule.Next(Definition, After(results, [.. pairs])) is ComparePair next)
        {
            Assert.Equal((0.05, 0.01 / 3, TimeSpan.FromSeconds(90)), (next.Rule.Bound, next.Rule.Alpha, next.Rule.Budget));
            pairs.Add(Pair(next.Trial.Configuration, PairVerdict.NotSlower));
        }

        Assert.Equal(Plan.Configurations.Where(one => one.Id != crashed.Id).Select(one => one.Name).Order(StringComparer.Ordinal), pairs.Select(pair => pair.Configuration).Order(StringComparer.Ordinal));
        var done = Assert.IsType<Done>(Schedule.Next(Definition, After(results, [.. pairs])));
        Assert.Equal(VerdictKind.Failed, done.Assessment.Verdict);
    }

    [Theory]
    [InlineData(PairVerdict.NotSlower, VerdictKind.Pass, null)]
    [InlineData(PairVerdict.Slower, VerdictKind.Regressed, "EXP2025")]
    [InlineData(PairVerdict.Inconclusive, VerdictKind.Inconclusive, "EXP2008")]
    [InlineData(PairVerdict.NotMeasured, VerdictKind.NotMeasured, "EXP2026")]
    [InlineData(null, VerdictKind.NotMeasured, "EXP2026")]
    public void A_pair_decides_and_no_baseline_is_asked_for(PairVerdict? verdict, VerdictKind expected, string? code)
    {
        var results = Plan.Trials.Select(trial => SampleSweep.Trial(trial.Configuration, 1, 100)).ToArray();
        var pairs = Plan.Configurations.Select((one, index) => index > 0 ? Pair(one, PairVerdict.NotSlower) : verdict is { } known ? Pair(one, known) : null).OfType<PairComparison>();
        var assessment = Judge.Assess(After(results, [.. pairs]).Sweep, Definition, null);
        Assert.Equal(expected, assessment.Verdict);
        Assert.Equal(code is null ? [] : new[] { code }, assessment.Configurations.SelectMany(one => one.Diagnostics).Select(one => one.Code));
        Assert.DoesNotContain(assessment.Diagnostics, one => one.Code is "EXP2005" or "EXP2009");
        if (verdict == PairVerdict.Slower)
        {
            Assert.Contains("throughput changed by −12 % (−15 % to −9.0 %) against 0123456789ab: more than 5.0 % slower, in 40 pairs of turns of 2 starts (CPU time a sample says otherwise: −1.0 %), at num_workers=0", assessment.Configurations[0].Diagnostics[0].Message, StringComparison.Ordinal);
            Assert.Equal(-12, assessment.Configurations[0].Throughput!.ChangePercent, 9);
        }
    }

    private static PairComparison Pair(Configuration configuration, PairVerdict verdict) => new()
    {
        Configuration = configuration.Name, Old = "0123456789abcdef", Verdict = verdict, Change = -0.12, ChangeLow = -0.15, ChangeHigh = -0.09, CpuChange = -0.01,
        Blocks = verdict == PairVerdict.NotMeasured ? 0 : 40, Starts = 2, Note = verdict == PairVerdict.NotMeasured ? "its set-up failed" : null,
    };

    private static SweepSoFar After(TrialResult[] results, params IReadOnlyList<PairComparison> pairs) => new()
    {
        Plan = Plan,
        Sweep = SampleSweep.Sweep(results, Plan.Trials.Count) with { Configurations = Plan.Configurations, Pairs = pairs },
    };
}
