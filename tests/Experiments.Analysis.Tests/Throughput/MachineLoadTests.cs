using System.Globalization;
using Experiments.Analysis.Throughput;
using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Throughput;

/// <summary>Programs that run beside a sweep.</summary>
public class MachineLoadTests
{
    private static readonly ThroughputRule Rule = new() { MaxRegressionPercent = 5 };

    [Theory]
    [InlineData(0.80, 0.02, 0.30, ThroughputOutcome.MachineDrift)] // 20 % slower, with 29 % less of the machine
    [InlineData(0.80, 0.30, 0.30, ThroughputOutcome.Regressed)] // as busy as the baseline was
    [InlineData(0.80, 0.02, 0.10, ThroughputOutcome.Regressed)] // 8 % less of the machine does not explain 20 %
    [InlineData(0.80, 0.30, 0.02, ThroughputOutcome.Regressed)] // slower though there was more of it
    [InlineData(0.80, 0.00, 1.00, ThroughputOutcome.MachineDrift)]
    [InlineData(0.98, 0.02, 0.30, ThroughputOutcome.Unchanged)]
    [InlineData(0.71, 0.88, 0.91, ThroughputOutcome.Regressed)] // three points of a saturated machine are what two readings differ by
    [InlineData(0.90, 0.02, 0.05, ThroughputOutcome.Regressed)]
    [InlineData(0.50, 0.50, 0.90, ThroughputOutcome.MachineDrift)] // what is sure is credited: a tenth is left of a half
    public void Rule_22_what_other_programs_took_of_the_machine_is_no_regression(double level, double before, double now, ThroughputOutcome expected) =>
        Assert.All(ThroughputModel.Compare(Series(level, [before], now), Rule), one => Assert.Equal(expected, one.Outcome));

    [Fact]
    public void What_is_beyond_the_bound_after_the_credit_but_no_longer_significant_is_unclear()
    {
        var series = Series(1, [0.02], 0.2, noise: 0.06);
        series[3] = series[3] with { Current = [.. series[3].Current.Select(trial => trial with { SamplesPerSecond = trial.SamplesPerSecond * 0.78 })] };

        Assert.Equal(ThroughputOutcome.Regressed, ThroughputModel.Compare([.. series.Select(one => one with { BaselineOtherShares = [] })], Rule)[3].Outcome);
        Assert.Equal(ThroughputOutcome.Unclear, ThroughputModel.Compare(series, Rule)[3].Outcome);
    }

    [Fact]
    public void What_the_load_leaves_unclear_gets_more_repeats_and_is_red_once_the_machine_is_quiet()
    {
        var series = Series(1.1, [0.02], 0.2, noise: 0.06); // the others are clearly not slow
        series[3] = series[3] with { Current = [.. series[3].Current.Select(trial => trial with { SamplesPerSecond = trial.SamplesPerSecond * 0.7 })] };

        Assert.Equal("3", RepeatPolicy.Next(series, Rule, new RepeatLimits(20, Confirm: false))[0].Id);
        Assert.Empty(RepeatPolicy.Next(series, Rule, new RepeatLimits(4, Confirm: false)));
        Assert.Empty(RepeatPolicy.Next([.. series.Select(one => one with { BaselineOtherShares = [] })], Rule, new RepeatLimits(20, Confirm: false)));

        var random = new Random(4);
        for (var round = 5; RepeatPolicy.Next(series, Rule, new RepeatLimits(20, Confirm: false)) is { Count: > 0 } next; round++)
            foreach (var at in next.Select(trial => int.Parse(trial.Id, CultureInfo.InvariantCulture)))
                series[at] = series[at] with { Current = [.. series[at].Current, new ThroughputObservation((at == 3 ? 77 : 110) * Math.Exp(0.06 * Normal(random)), round, TrialPurpose.Adaptive, OtherShare: 0.02)] };

        Assert.Equal(ThroughputOutcome.Regressed, ThroughputModel.Compare(series, Rule)[3].Outcome);
        Assert.InRange(series[3].Current.Count, 5, 19);
    }

    [Theory]
    [InlineData(1, ThroughputOutcome.Regressed)]
    [InlineData(16, ThroughputOutcome.MachineDrift)]
    public void The_more_readings_there_are_the_surer_they_are_of_what_others_took(int trials, ThroughputOutcome expected)
    {
        var series = Series(0.6, [.. Enumerable.Repeat(0.8, trials)], 0.9);
        series = [.. series.Select(one => one with { Current = [.. Enumerable.Range(1, 4 * trials).Select(round => one.Current[(round - 1) % 4] with { Round = round, OtherShare = round <= trials ? 0.9 : null })] })];

        Assert.All(ThroughputModel.Compare(series, Rule), one => Assert.Equal(expected, one.Outcome));
    }

    [Theory]
    [InlineData(new double[0], 0.5)]
    [InlineData(new[] { 0.02 }, null)]
    public void Where_nobody_looked_nothing_is_credited(double[] before, double? now) =>
        Assert.All(ThroughputModel.Compare(Series(0.8, before, now), Rule), one => Assert.Equal(ThroughputOutcome.Regressed, one.Outcome));

    [Fact]
    public void The_line_names_what_the_others_took_now_and_in_the_baseline()
    {
        var definition = Definition(new Gates { Throughput = new ThroughputBounds { MaxRegressionPercent = 5 } });
        var baseline = BaselineOf(WithOthers(Noisy(3, 0.005, seed: 1), 2));

        var assessment = Judge.Assess(WithOthers(Noisy(3, 0.005, seed: 2, (_, _) => 0.8), 35), definition, baseline);

        Assert.Equal(VerdictKind.EnvironmentChanged, assessment.Verdict);
        Assert.All(assessment.Configurations, one => Assert.Contains(
            "but other programs took 35 % of the machine, and 2.0 % in the baseline; measure again without them", Assert.Single(one.Diagnostics).Message, StringComparison.Ordinal));
        Assert.Equal(VerdictKind.Regressed, Judge.Assess(WithOthers(Noisy(3, 0.005, seed: 2, (_, _) => 0.8), 2), definition, baseline).Verdict);
    }

    private static SweepResult WithOthers(SweepResult sweep, double percentage) => sweep with
    {
        Trials = [.. sweep.Trials.Select(trial => trial with { Metrics = new Dictionary<string, double>(trial.Metrics) { [MetricKeys.CpuOtherPercentage] = percentage } })],
    };

    private static ThroughputSeries[] Series(double level, IReadOnlyList<double> before, double? now, double noise = 0.01)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, 8).Select(one => new ThroughputSeries
        {
            Id = $"{one}",
            Baseline = [.. Enumerable.Range(0, 6).Select(_ => 100 * Math.Exp(noise * Normal(random)))],
            BaselineOtherShares = before,
            Current = [.. Enumerable.Range(1, 4).Select(round => new ThroughputObservation(100 * level * Math.Exp(noise * Normal(random)), round, OtherShare: now))],
        })];
    }
}
