using Experiments.Analysis.Baselines;
using Experiments.Analysis.Throughput;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Gating;

/// <summary>A baseline of several sweeps, on a machine that is not the same every night.</summary>
public class NightlyBaselineTests
{
    private static readonly Gates Rules = new() { ThroughputMaxRegressionPercent = 5, Baseline = new BaselineChoice { Source = BaselineChoice.Mlflow } };
    private static readonly double[] Uneven = [1.0, 0.94, 1.05, 0.97, 1.03];
    private static readonly double[] Even = [1.0, 0.999, 1.001, 1.0, 1.0];

    [Fact]
    public async Task Rule_21_a_machine_that_differs_from_night_to_night_may_differ_tonight() =>
        Assert.Equal(VerdictKind.EnvironmentChanged, await VerdictAsync(Uneven, _ => 0.9));

    [Theory]
    [InlineData(0.0, ThroughputOutcome.Regressed)]
    [InlineData(0.15, ThroughputOutcome.MachineDrift)]
    public void A_common_slowdown_is_credited_as_far_as_nights_differ(double extent, ThroughputOutcome expected)
    {
        var random = new Random(3);
        var series = Enumerable.Range(0, 8).Select(one => new ThroughputSeries
        {
            Id = $"{one}",
            Baseline = [.. Enumerable.Range(0, 6).Select(_ => 100 * Math.Exp(0.01 * Normal(random)))],
            Current = [.. Enumerable.Range(1, 4).Select(round => new ThroughputObservation(90 * Math.Exp(0.01 * Normal(random)), round))],
        }).ToArray();

        Assert.All(ThroughputModel.Compare(series, new ThroughputRule { MaxRegressionPercent = 5, MachineExtent = extent }), one => Assert.Equal(expected, one.Outcome));
    }

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
