using Experiments.Analysis.Baselines;
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

    [Fact]
    public async Task A_slower_matrix_is_red_on_a_machine_that_is_the_same_every_night() =>
        Assert.Equal(VerdictKind.Regressed, await VerdictAsync(Even, _ => 0.9));

    [Fact]
    public async Task One_slowed_configuration_is_red_and_only_it_though_the_machine_differs()
    {
        var slowed = Matrix[3].Id;

        var assessment = await AssessAsync(Uneven, one => one == slowed ? 0.9 * 0.8 : 0.9);

        Assert.Equal(slowed, Assert.Single(assessment.Configurations, one => one.Verdict == VerdictKind.Regressed).Configuration.Id);
    }

    private static async Task<VerdictKind> VerdictAsync(double[] nights, Func<string, double> tonight) => (await AssessAsync(nights, tonight)).Verdict;

    private static async Task<Assessment> AssessAsync(double[] nights, Func<string, double> tonight)
    {
        var past = nights.Select((level, night) => BaselineFrom.Past(new SweepReport
        {
            Sweep = Noisy(3, 0.015, 10 + night, (_, _) => level) with { SweepId = $"s{night}", StartedAt = DateTimeOffset.UnixEpoch.AddDays(night) },
            Assessment = new Assessment { Verdict = VerdictKind.Pass, Configurations = [], Advice = [] },
        })).Reverse().ToAsyncEnumerable();
        var sweep = Noisy(3, 0.015, 1, (one, _) => tonight(one.Id)) with { StartedAt = DateTimeOffset.UnixEpoch.AddDays(9) };
        var baseline = await BaselineFrom.LastAsync(past, Definition(Rules), Machine, sweep.StartedAt, accepted: null);
        return Judge.Assess(sweep, Definition(Rules), baseline);
    }
}
