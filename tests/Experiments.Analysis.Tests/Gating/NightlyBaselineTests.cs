using Experiments.Analysis.Baselines;
using Experiments.Analysis.Throughput;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Gating;

/// <summary>A baseline of several sweeps, on a machine that is not the same every night.</summary>
public class NightlyBaselineTests
{
    private static readonly Gates Rules = new() { Throughput = new ThroughputBounds { MaxRegressionPercent = 5 }, Baseline = new BaselineChoice { Source = BaselineChoice.Mlflow } };
    private static readonly double[] Uneven = [1.0, 0.94, 1.05, 0.97, 1.03];
    private static readonly double[] Even = [1.0, 0.999, 1.001, 1.0, 1.0];

    [Fact]
    public async Task Rule_21_a_machine_that_differs_from_night_to_night_may_differ_tonight() =>
        Assert.Equal(VerdictKind.EnvironmentChanged, await VerdictAsync(Uneven, _ => 0.9));

    [Theory]
    [InlineData(0.0, ThroughputOutcome.Regressed)]
    [InlineData(0.15, ThroughputOutcome.MachineDrift)]
    public void A_common_slowdown_is_credited_as_far_as_nights_differ(double extent, ThroughputOutcome expected) =>
        Assert.All(ThroughputModel.Compare(Night(slowedOne: 0.9, others: 0.9), Differing(extent)), one => Assert.Equal(expected, one.Outcome));

    [Fact]
    public async Task A_slower_matrix_is_red_on_a_machine_that_is_the_same_every_night() =>
        Assert.Equal(VerdictKind.Regressed, await VerdictAsync(Even, _ => 0.85));

    [Fact]
    public async Task One_slowed_configuration_is_red_and_only_it_though_the_machine_differs()
    {
        var slowed = Matrix[3].Id;

        var assessment = await AssessAsync(Uneven, one => one == slowed ? 0.93 * 0.75 : 0.93);

        Assert.Equal(slowed, Assert.Single(assessment.Configurations, one => one.Verdict == VerdictKind.Regressed).Configuration.Id);
    }

    [Theory]
    [InlineData(0.15, ThroughputOutcome.Regressed)]
    [InlineData(0.0, ThroughputOutcome.Unchanged)]
    public void Rule_23_a_fast_night_hides_no_regression(double extent, ThroughputOutcome expected)
    {
        var compared = ThroughputModel.Compare(Night(slowedOne: 0.97, others: 1.1), Differing(extent));

        Assert.Equal(expected, compared[3].Outcome);
        Assert.All(compared.Where(one => one.Id != "3"), one => Assert.Equal(ThroughputOutcome.Unchanged, one.Outcome));
    }

    [Fact]
    public void A_configuration_that_did_not_gain_with_the_others_is_not_red() =>
        Assert.All(ThroughputModel.Compare(Night(slowedOne: 1.02, others: 1.15), Differing(0.2)), one => Assert.Equal(ThroughputOutcome.Unchanged, one.Outcome));

    [Fact]
    public void A_gain_beyond_what_nights_differ_by_is_the_codes() =>
        Assert.Equal(ThroughputOutcome.Unchanged, ThroughputModel.Compare(Night(slowedOne: 0.97, others: 1.3), Differing(0.01))[3].Outcome);

    [Fact]
    public void Where_nights_differ_the_matrix_runs_again_beside_an_open_configuration_once_that_is_known_better()
    {
        var series = Enumerable.Range(0, 8).Select(one => new ThroughputSeries
        {
            Id = $"{one}",
            Baseline = [.. Around(100, 60, one).Select(trial => trial.SamplesPerSecond)],
            Current = Around(one == 3 ? 95.1 : 100, 4, one),
        }).ToArray();
        Assert.Equal(["3", "0", "1", "2"], RepeatPolicy.Next(series, Differing(0.2), new RepeatLimits(60, Confirm: true)).Select(trial => trial.Id));

        series[3] = series[3] with { Current = Around(95.1, 40, 3) };
        Assert.Equal(8, RepeatPolicy.Next(series, Differing(0.2), new RepeatLimits(60, Confirm: true)).Count);

        series[5] = series[5] with { Current = Around(100, 45, 5) };
        Assert.DoesNotContain("5", RepeatPolicy.Next(series, Differing(0.2), new RepeatLimits(45, Confirm: true)).Select(trial => trial.Id));
    }

    [Fact]
    public async Task The_line_of_a_configuration_that_fell_behind_says_what_it_is_held_against()
    {
        var slowed = Matrix[3].Id;

        var assessment = await AssessAsync(Uneven, one => one == slowed ? 1.06 * 0.75 : 1.06);

        var red = Assert.Single(assessment.Configurations, one => one.Verdict == VerdictKind.Regressed);
        Assert.Contains("% below what the matrix gained, by ", Assert.Single(red.Diagnostics).Message, StringComparison.Ordinal);
    }

    private static ThroughputObservation[] Around(double level, int trials, int phase) => [.. Enumerable.Range(1, trials).Select(round => new ThroughputObservation(level + (round + phase) % 3 - 1, round))];

    private static ThroughputRule Differing(double extent) => new() { MaxRegressionPercent = 5, MachineExtent = extent };

    /// <summary>Eight configurations with 1 % of noise, of which the fourth is at a level of its own.</summary>
    private static ThroughputSeries[] Night(double slowedOne, double others)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, 8).Select(one => new ThroughputSeries
        {
            Id = $"{one}",
            Baseline = [.. Enumerable.Range(0, 6).Select(_ => 100 * Math.Exp(0.01 * Normal(random)))],
            Current = [.. Enumerable.Range(1, 4).Select(round => new ThroughputObservation(100 * (one == 3 ? slowedOne : others) * Math.Exp(0.01 * Normal(random)), round))],
        })];
    }

    private static async Task<VerdictKind> VerdictAsync(double[] nights, Func<string, double> tonight) => (await AssessAsync(nights, tonight)).Verdict;

    private static async Task<Assessment> AssessAsync(double[] nights, Func<string, double> tonight)
    {
        var past = nights.Select((level, night) => BaselineFrom.Past(new SweepReport
        {
            Sweep = Small(10 + night, _ => level) with { SweepId = $"s{night}", StartedAt = DateTimeOffset.UnixEpoch.AddDays(night) },
            Assessment = new Assessment { Verdict = VerdictKind.Pass, Configurations = [], Advice = [] },
        })).Reverse().ToAsyncEnumerable();
        var sweep = Small(1, tonight) with { StartedAt = DateTimeOffset.UnixEpoch.AddDays(9) };
        var baseline = await BaselineFrom.LastAsync(past, Definition(Rules), Machine, sweep.StartedAt, accepted: null);
        return Judge.Assess(sweep, Definition(Rules), baseline);
    }

    /// <summary>Six configurations with 4 % of noise: too little to see by rounds that the machine differs.</summary>
    private static SweepResult Small(int seed, Func<string, double> level)
    {
        var sweep = Noisy(3, 0.04, seed, (one, _) => level(one.Id));
        return sweep with
        {
            Configurations = [.. sweep.Configurations.Take(6)],
            Trials = [.. sweep.Trials.Where(trial => sweep.Configurations.Take(6).Any(one => one.Id == trial.Configuration.Id))],
            PlannedTrials = 18,
        };
    }
}
