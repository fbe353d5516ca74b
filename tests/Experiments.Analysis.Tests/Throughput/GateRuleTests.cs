using Experiments.Analysis.Throughput;
using Experiments.Core.Plans;

namespace Experiments.Analysis.Tests.Throughput;

/// <summary>The rules of docs/gates.md over throughput: one test each, named after it.</summary>
public class GateRuleTests
{
    private static readonly ThroughputRule FivePercent = new() { MaxRegressionPercent = 5 };

    [Fact]
    public void Rule_01_regressed_is_both_significant_and_larger_than_the_bound()
    {
        var slightly = Matrix(12, 5, 10, 0.004, slowed: 3, slowdown: 0.03);
        var clearly = Matrix(12, 5, 10, 0.004, slowed: 3, slowdown: 0.1);
        var noisily = Matrix(12, 2, 2, 0.15, slowed: 3, slowdown: 0.1);

        Assert.All(ThroughputModel.Compare(slightly, FivePercent), one => Assert.Equal(ThroughputOutcome.Unchanged, one.Outcome));
        Assert.True(ThroughputModel.Compare(slightly, FivePercent)[3].AdjustedPValue < 0.01);
        Assert.Equal([3], Red(clearly));
        Assert.NotEqual(ThroughputOutcome.Regressed, ThroughputModel.Compare(noisily, FivePercent)[3].Outcome);
    }

    [Fact]
    public void Rule_02_repeats_count_and_not_steps()
    {
        var one = Matrix(1, 1, 1, 0, slowed: 0, slowdown: 0.2);

        Assert.Equal(ThroughputOutcome.Unclear, ThroughputModel.Compare(one, FivePercent)[0].Outcome);
        Assert.True(double.IsNaN(ThroughputModel.Compare(one, FivePercent)[0].PValue));
    }

    [Fact]
    public void Rule_03_noise_is_learned_from_the_whole_matrix()
    {
        var alone = ThroughputModel.Compare([.. Matrix(16, 2, 2, 0.02, slowed: 3, slowdown: 0.15).Skip(3).Take(1)], FivePercent).Single();
        var together = ThroughputModel.Compare(Matrix(16, 2, 2, 0.02, slowed: 3, slowdown: 0.15), FivePercent)[3];

        Assert.Equal(2, alone.Degrees);
        Assert.True(together.Degrees > 6);
        Assert.Equal(ThroughputOutcome.Regressed, together.Outcome);
    }

    [Fact]
    public void Rule_04_the_false_alarm_rate_is_that_of_the_whole_matrix()
    {
        var red = Enumerable.Range(0, 1000).Count(seed => Red(Matrix(24, 3, 10, 0.1, seed: seed)).Count > 0);

        Assert.InRange(red, 0, 20); // 1 % expected at most; P(more than 20 of 1000) is 0.2 %
    }

    [Fact]
    public void Rule_05_one_outlier_does_not_decide()
    {
        for (var repeats = 2; repeats <= 6; repeats++)
            for (var seed = 0; seed < 50; seed++)
            {
                var series = Matrix(24, repeats, 10, 0.02, seed: seed);
                series[5] = series[5] with { Current = [series[5].Current[0] with { SamplesPerSecond = series[5].Current[0].SamplesPerSecond * 0.5 }, .. series[5].Current.Skip(1)] };

                Assert.Empty(Red(series));
            }
    }

    [Fact]
    public void Rule_06_ties_and_no_scatter_are_no_certainty()
    {
        var same = Matrix(8, 3, 3, 0);
        var slower = Matrix(8, 3, 3, 0, slowed: 2, slowdown: 0.06);

        Assert.All(ThroughputModel.Compare(same, FivePercent), one => Assert.Equal(ThroughputOutcome.Unchanged, one.Outcome));
        Assert.All(ThroughputModel.Compare(same, FivePercent), one => Assert.Equal(ThroughputModel.Resolution, one.Noise, 9));
        Assert.Equal([2], Red(slower));
    }

    [Fact]
    public void Rule_07_what_the_machines_drift_explains_is_no_regression()
    {
        var drifting = Matrix(24, 3, 5, 0.01, drift: -0.15);
        var uniformly = Matrix(24, 3, 5, 0.01).Select(one => one with { Baseline = [.. one.Baseline.Select(value => value * 1.3)] }).ToList();

        Assert.Empty(Red(drifting));
        Assert.Contains(ThroughputModel.Compare(drifting, FivePercent), one => one.Outcome == ThroughputOutcome.MachineDrift);
        Assert.Equal(24, Red(uniformly).Count);
    }

    [Fact]
    public void Rule_08_a_single_slowed_configuration_is_seen_through_drift()
    {
        Assert.Equal([7], Red(Matrix(24, 5, 10, 0.01, slowed: 7, slowdown: 0.2, drift: -0.1)));
    }

    [Fact]
    public void Rule_09_unclear_configurations_get_more_repeats_and_where_all_are_clear_none_runs()
    {
        var series = Matrix(24, 3, 10, 0.01);
        series[4] = series[4] with { Current = Trials(Level(4), 0.8, 0.93, 1.1) };

        var next = RepeatPolicy.Next(series, FivePercent, new RepeatLimits(6, Confirm: true));

        Assert.Equal(("4", TrialPurpose.Adaptive), next[0]);
        Assert.Empty(RepeatPolicy.Next(series, FivePercent, new RepeatLimits(3, Confirm: true)));
        Assert.Empty(RepeatPolicy.Next(Matrix(24, 3, 10, 0.01), FivePercent, new RepeatLimits(6, Confirm: true)));
    }

    [Fact]
    public void Rule_10_a_suspect_is_measured_afresh_beside_a_control()
    {
        var series = Matrix(24, 3, 10, 0.01, slowed: 4, slowdown: 0.2);

        var next = RepeatPolicy.Next(series, FivePercent, new RepeatLimits(3, Confirm: true));

        Assert.Equal(("4", TrialPurpose.Confirmation), next[0]);
        Assert.Equal(TrialPurpose.Control, next[1].Purpose);
        Assert.Equal(2, next.Count);
        Assert.Empty(RepeatPolicy.Next(series, FivePercent, new RepeatLimits(3, Confirm: false)));
    }

    [Theory]
    [InlineData(0.8, 1.0, ThroughputOutcome.Regressed)]
    [InlineData(0.8, 0.8, ThroughputOutcome.MachineDrift)]
    [InlineData(0.8, 0.83, ThroughputOutcome.MachineDrift)]
    [InlineData(0.68, 0.82, ThroughputOutcome.Regressed)] // a slow minute hit both, the suspect is 17 % slower all the same
    [InlineData(1.0, 1.0, ThroughputOutcome.Unclear)]
    public void Rule_11_a_control_that_slowed_alike_acquits_and_fresh_trials_that_are_not_slow_too(double suspect, double control, ThroughputOutcome expected)
    {
        var series = Matrix(24, 3, 10, 0.005, slowed: 4, slowdown: 0.2);
        series[4] = series[4] with { Current = [.. series[4].Current, .. Fresh(Level(4) * suspect, TrialPurpose.Confirmation)] };
        series[1] = series[1] with { Current = [.. series[1].Current, .. Fresh(Level(1) * control, TrialPurpose.Control)] };

        Assert.Equal(expected, ThroughputModel.Compare(series, FivePercent)[4].Outcome);
        Assert.Empty(RepeatPolicy.Next(series, FivePercent, new RepeatLimits(3, Confirm: true)));
    }

    [Fact]
    public void A_control_that_scatters_widely_itself_acquits_nobody()
    {
        var series = Matrix(24, 3, 10, 0.005, slowed: 4, slowdown: 0.2);
        series[1] = series[1] with
        {
            Baseline = [.. series[1].Baseline.Select((value, index) => value * (index % 2 == 0 ? 0.85 : 1.18))],
            Current = [.. series[1].Current.Select((trial, index) => trial with { SamplesPerSecond = trial.SamplesPerSecond * (index % 2 == 0 ? 0.85 : 1.18) }), .. Fresh(Level(1) * 0.82, TrialPurpose.Control)],
        };
        series[4] = series[4] with { Current = [.. series[4].Current, .. Fresh(Level(4) * 0.8, TrialPurpose.Confirmation)] };

        Assert.Equal(ThroughputOutcome.Regressed, ThroughputModel.Compare(series, FivePercent)[4].Outcome);
    }

    [Fact]
    public void What_fresh_trials_do_not_show_gets_more_repeats_while_there_are_any()
    {
        var series = Matrix(24, 3, 10, 0.005, slowed: 4, slowdown: 0.2);
        series[4] = series[4] with { Current = [.. series[4].Current, .. Fresh(Level(4), TrialPurpose.Confirmation)] };

        Assert.Equal(("4", TrialPurpose.Adaptive), RepeatPolicy.Next(series, FivePercent, new RepeatLimits(9, Confirm: true))[0]);
    }

    [Fact]
    public void Rule_12_what_could_have_been_seen_is_seen_in_four_cases_of_five()
    {
        var least = ThroughputModel.Compare(Matrix(24, 5, 10, 0.03), new ThroughputRule { MaxRegressionPercent = 0 })[3].MinimumDetectable;
        var slowdown = 1 - Math.Exp(-least);

        var found = Enumerable.Range(0, 400).Count(seed => Red(Matrix(24, 5, 10, 0.03, slowed: 3, slowdown: slowdown, seed: seed), new ThroughputRule { MaxRegressionPercent = 0 }).Contains(3));

        Assert.InRange(found / 400.0, 0.7, 0.9);
    }

    [Fact]
    public void Rule_13_scaling_and_the_order_of_configurations_change_nothing()
    {
        var series = Matrix(24, 4, 8, 0.03, slowed: 3, slowdown: 0.15);
        var scaled = series.Select((one, index) => one with
        {
            Baseline = [.. one.Baseline.Select(value => value * (index + 1) * 7.5)],
            Current = [.. one.Current.Select(trial => trial with { SamplesPerSecond = trial.SamplesPerSecond * (index + 1) * 7.5 })],
        }).ToList();
        var expected = ThroughputModel.Compare(series, FivePercent);

        foreach (var (one, other) in expected.Zip(ThroughputModel.Compare(scaled, FivePercent)).Concat(expected.Zip(ThroughputModel.Compare([.. Enumerable.Reverse(series)], FivePercent).Reverse())))
        {
            Assert.Equal((one.Id, one.Outcome), (other.Id, other.Outcome));
            Assert.Equal(one.AdjustedPValue, other.AdjustedPValue, 9);
        }
    }

    [Fact]
    public void Rule_14_a_slowdown_of_the_whole_matrix_shows_where_no_single_configuration_does()
    {
        var slow = Matrix(16, 2, 2, 0.13).Select(one => one with { Baseline = [.. one.Baseline.Select(value => value * 1.3)] }).ToList();
        var one = Matrix(16, 2, 2, 0.13, slowed: 3, slowdown: 0.25);

        var regressed = ThroughputModel.Compare(slow, FivePercent).Where(change => change.Outcome == ThroughputOutcome.Regressed).ToArray();
        Assert.True(regressed.Length > 8);
        Assert.Contains(regressed, change => change.WholeMatrixPValue is not null);
        Assert.Empty(Red(one));
    }

    [Fact]
    public void A_slowed_configuration_does_not_make_the_others_red_with_it()
    {
        // A night at the edge of those in the baseline: 14 % slower, 13 % of which are credited.
        var red = Enumerable.Range(0, 200).Select(seed => Red(
            [.. Matrix(4, 12, 60, 0.12, slowed: 2, slowdown: 0.4, seed: seed)
                .Select(one => one with { Current = [.. one.Current.Select(trial => trial with { SamplesPerSecond = trial.SamplesPerSecond * 0.86 })] })],
            FivePercent with { MachineExtent = 0.13 })).ToArray();

        Assert.All(red, one => Assert.Contains(2, one));
        Assert.InRange(red.Count(one => one.Count > 1), 0, 14); // what was not credited is slower; with the slowest in the common mean it were 56
    }

    [Fact]
    public void Rule_24_no_configuration_is_repeated_by_itself()
    {
        var series = Matrix(24, 3, 10, 0.01);
        series[4] = series[4] with { Current = Trials(Level(4), 0.8, 0.93, 1.1) };

        var first = RepeatPolicy.Next(series, FivePercent, new RepeatLimits(6, Confirm: true));
        foreach (var (id, purpose) in first)
        {
            var index = int.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
            series[index] = series[index] with { Current = [.. series[index].Current, new ThroughputObservation(Level(index), 4, purpose)] };
        }

        var second = RepeatPolicy.Next(series, FivePercent, new RepeatLimits(6, Confirm: true));
        Assert.Equal((4, 4), (first.Count, second.Count));
        Assert.All([.. first, .. second], trial => Assert.Equal(TrialPurpose.Adaptive, trial.Purpose));
        Assert.Equal(["4"], first.Intersect(second).Select(trial => trial.Id)); // the company takes turns
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0.85, true)]
    public void Slow_minutes_of_the_repeats_are_told_by_their_company(double ownSpeed, bool red)
    {
        var series = Matrix(24, 3, 10, 0.01);
        series[4] = series[4] with { Current = [.. series[4].Current.Select(trial => trial with { SamplesPerSecond = trial.SamplesPerSecond * ownSpeed })] };
        for (var round = 4; round < 12; round++)
            foreach (var index in new[] { 4, round, round + 1, round + 2 }.Distinct())
                series[index] = series[index] with { Current = [.. series[index].Current, new ThroughputObservation(Level(index) * 0.8 * (index == 4 ? ownSpeed : 1), round, TrialPurpose.Adaptive)] };

        Assert.Equal(red ? [4] : Array.Empty<int>(), Red(series));
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(0.8, 1.8)]
    public void Rule_25_trials_that_know_of_each_other_count_for_fewer(double correlation, double leastRatio)
    {
        const double Noise = 0.03;
        var random = new Random(7);
        var ratios = new List<double>();
        for (var sweep = 0; sweep < 200; sweep++)
        {
            var series = Matrix(3, 30, 60, Noise, seed: sweep); // fewer configurations than show a round's effect
            var errors = ThroughputModel.Compare(series, FivePercent)[0].StandardError;
            foreach (var index in Enumerable.Range(0, series.Count))
            {
                var state = SampleSweep.Normal(random);
                series[index] = series[index] with
                {
                    Current = [.. series[index].Current.Select(trial =>
                    {
                        state = correlation * state + Math.Sqrt(1 - correlation * correlation) * SampleSweep.Normal(random);
                        return trial with { SamplesPerSecond = Level(index) * Math.Exp(Noise * state) };
                    })],
                };
            }

            ratios.Add(ThroughputModel.Compare(series, FivePercent)[0].StandardError / errors);
        }

        Assert.InRange(ratios.Average(), leastRatio, leastRatio + 0.6);
        Assert.True(correlation > 0 || ratios.Count(ratio => ratio > 1.1) < 20); // independent ones are taken for correlated in one sweep of twenty
    }

    private static List<int> Red(IReadOnlyList<ThroughputSeries> series, ThroughputRule? rule = null) =>
        [.. ThroughputModel.Compare(series, rule ?? FivePercent).Where(one => one.Outcome == ThroughputOutcome.Regressed).Select(one => int.Parse(one.Id, System.Globalization.CultureInfo.InvariantCulture))];

    private static double Level(int configuration) => 100 + 10 * configuration;

    private static List<ThroughputSeries> Matrix(
        int configurations, int repeats, int baselineRepeats, double noise, int slowed = -1, double slowdown = 0, double drift = 0, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, configurations).Select(index => new ThroughputSeries
            {
                Id = index.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Baseline = [.. Enumerable.Range(0, baselineRepeats).Select(_ => Level(index) * Math.Exp(noise * SampleSweep.Normal(random)))],
                Current = [.. Enumerable.Range(0, repeats).Select(round => new ThroughputObservation(
                    Level(index) * (index == slowed ? 1 - slowdown : 1) * Math.Exp(noise * SampleSweep.Normal(random) + drift * (round + 0.5) / repeats), round + 1))],
            }),
        ];
    }

    private static ThroughputObservation[] Trials(double level, params double[] factors) =>
        [.. factors.Select((factor, index) => new ThroughputObservation(level * factor, index + 1))];

    private static IEnumerable<ThroughputObservation> Fresh(double value, TrialPurpose purpose) =>
        Enumerable.Range(4, 2).Select(round => new ThroughputObservation(value * (1 + 0.001 * round), round, purpose));
}
