using Experiments.Analysis.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Baselines;

/// <summary>Which sweeps may become the baseline.</summary>
public class RatchetTests
{
    private static readonly ExperimentDefinition Whole = Definition(new Gates { Throughput = new ThroughputBounds { MaxRegressionPercent = 5 }, PeakMemory = new PeakMemoryBounds { MaxBytes = 8L << 30 } }) with
    {
        Matrix = new MatrixDefinition { Axes = [new Axis { Name = AxisNames.NumWorkers, Values = [AxisValue.Of(0), AxisValue.Of(1), AxisValue.Of(2), AxisValue.Of(4)] }] },
    };

    private static readonly IReadOnlyList<Configuration> All = MatrixExpansion.Expand(Whole.Matrix);

    [Fact]
    public void A_whole_passing_sweep_that_is_no_worse_is_accepted_by_itself()
    {
        Assert.True(Decide(Measured(1), null).Accepted);
        Assert.True(Decide(Measured(2, rate: 1.2), Measured(1)).Accepted);
        Assert.True(Decide(Measured(2, noise: 0.02), Measured(1, noise: 0.02)).Accepted);
    }

    [Fact]
    public void Rule_20_a_slower_baseline_needs_a_reason() => Refused(Measured(2, rate: 0.8), Measured(1), "slower");

    [Fact]
    public void A_sweep_that_lost_configurations_to_a_failed_trial_needs_a_reason()
    {
        var sweep = Measured(2);

        Refused(sweep with { Trials = [.. sweep.Trials.Select(trial => trial.Configuration.Id == All[2].Id ? Trial(All[2], trial.Repeat, 0, status: TrialStatus.Failed) : trial)] }, Measured(1), "its verdict is failed", "num_workers=2");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_filtered_sweep_needs_a_reason_whether_there_is_a_baseline_or_none(bool hasBaseline)
    {
        var sweep = Measured(2);
        var part = Sweep(sweep.Trials.Where(trial => trial.Configuration.NumWorkers is 0 or 4));

        Refused(part, hasBaseline ? Measured(1) : null, "did not measure 2 configurations: num_workers=1, num_workers=2");
    }

    [Fact]
    public void A_baseline_of_another_matrix_does_not_lose_its_configurations_silently()
    {
        var before = Measured(1);
        var more = new Configuration { Id = "sixteen", Values = new Dictionary<string, AxisValue> { [AxisNames.NumWorkers] = AxisValue.Of(16) } };

        Refused(Measured(2), Sweep([.. before.Trials, Trial(more, 1, 100)]), "the baseline would lose 1 configuration: num_workers=16");
    }

    [Fact]
    public void A_sweep_that_was_cut_off_needs_a_reason() => Refused(Measured(2) with { PlannedTrials = 13 }, Measured(1), "EXP2014", "1 of 13 trials");

    [Fact]
    public void A_sweep_whose_memory_blew_up_needs_a_reason_even_where_it_would_be_the_first() => Refused(Measured(2, megabytes: 9000), null, "its verdict is blown up (EXP2001");

    [Fact]
    public void Doubled_memory_that_no_gate_forbids_needs_a_reason() => Refused(Measured(2, megabytes: 2000), Measured(1), "peak memory 2.0 GiB at num_workers=0 is 100 % above the baseline's 1.0 GiB");

    [Fact]
    public void A_sweep_whose_memory_was_not_measured_does_not_replace_one_whose_was()
    {
        var definition = Whole with { Gates = new Gates() };
        var report = Report(Measured(2), null, definition);
        var without = report with
        {
            Sweep = report.Sweep with { Trials = [.. report.Sweep.Trials.Select(trial => trial with { Metrics = new Dictionary<string, double> { [MetricKeys.SamplesPerSecond] = trial.Metrics[MetricKeys.SamplesPerSecond] } })] },
        };

        Assert.Contains("peak memory was not measured at num_workers=0, which the baseline has", Ratchet.Decide(without, definition, BaselineOf(Measured(1)), null).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_of_two_versions_of_the_code_needs_a_reason() =>
        Refused(Measured(2) with { OtherCode = [new CodeState("0123456789abcdef", true, "89abcdef01234567")] }, Measured(1), "continued with changed code (0123456789ab with changes 89abcdef)");

    [Fact]
    public void The_first_baseline_needs_no_reason_where_the_gates_ask_for_one()
    {
        var strict = Whole with { Gates = Whole.Gates with { Throughput = Whole.Gates.Throughput with { AllowMissingBaseline = false } } };
        var report = Report(Measured(1), null, strict);

        Assert.Equal(VerdictKind.NotMeasured, report.Assessment.Verdict);
        Assert.True(Ratchet.Decide(report, strict, null, null).Accepted);
    }

    [Fact]
    public void Another_machines_baseline_does_not_hold_it() =>
        Assert.True(Ratchet.Decide(Report(Measured(2, rate: 0.5), null), Whole, BaselineOf(Measured(1)) with { Machine = Machine with { Id = "other" } }, null).Accepted);

    [Fact]
    public void A_sweep_that_measured_nothing_is_no_baseline_whatever_the_reason() =>
        Assert.False(Ratchet.Decide(Report(Sweep([]), null), Whole, null, "a reason").Accepted);

    [Theory]
    [InlineData(1.0, false)]
    [InlineData(1.03, false)]
    [InlineData(1.2, true)]
    [InlineData(0.8, false)]
    public void A_ratchet_moves_by_itself_only_for_a_gain_beyond_the_bound(double factor, bool moves) =>
        Assert.Equal(moves, Move(Measured(2, rate: factor, noise: 0.01), Measured(1, noise: 0.01)).Accepted);

    [Fact]
    public void By_itself_a_ratchet_takes_the_first_whole_sweep_and_one_of_a_larger_matrix_but_no_larger_memory()
    {
        Assert.True(Move(Measured(2), null).Accepted);
        Assert.False(Move(Measured(2, rate: 1.2, megabytes: 2000), Measured(1)).Accepted);
        Assert.False(Move(Sweep(Measured(2).Trials.Where(trial => trial.Configuration.NumWorkers != 1)), null).Accepted);
        Assert.True(Move(Measured(2), Sweep(Measured(1).Trials.Where(trial => trial.Configuration.NumWorkers != 4))).Accepted);
    }

    [Fact]
    public void The_difference_names_what_is_kept_lost_and_new_with_both_medians()
    {
        var before = BaselineOf(Sweep(Measured(1).Trials.Where(trial => trial.Configuration.NumWorkers != 4)));
        var now = BaselineOf(Sweep(Measured(1, rate: 0.5, megabytes: 1500).Trials.Where(trial => trial.Configuration.NumWorkers != 0)));

        var rows = BaselineDifference.Between(before, now);

        Assert.Equal([BaselineChange.Lost, BaselineChange.Kept, BaselineChange.Kept, BaselineChange.New], rows.Select(row => row.Change));
        Assert.Equal((-50, 50), (Math.Round(rows[1].SamplesPerSecond.ChangePercent!.Value, 6), rows[1].PeakMegabytes.ChangePercent!.Value));
        Assert.Equal((1000, null), (rows[0].PeakMegabytes.OldMedian, rows[0].PeakMegabytes.NewMedian));
        Assert.All(BaselineDifference.Between(null, now), row => Assert.Equal(BaselineChange.New, row.Change));
    }

    private static void Refused(SweepResult sweep, SweepResult? before, params string[] why)
    {
        var refused = Decide(sweep, before);

        Assert.False(refused.Accepted);
        Assert.All(why, part => Assert.Contains(part, refused.Reason, StringComparison.Ordinal));
        Assert.EndsWith("to accept it all the same say why with --reason", refused.Reason, StringComparison.Ordinal);
        Assert.False(Ratchet.Decide(Report(sweep, before), Whole, before is null ? null : BaselineOf(before), " ").Accepted);
        Assert.True(Ratchet.Decide(Report(sweep, before), Whole, before is null ? null : BaselineOf(before), "double precision").Accepted);
    }

    private static BaselineDecision Decide(SweepResult sweep, SweepResult? before) => Ratchet.Decide(Report(sweep, before), Whole, before is null ? null : BaselineOf(before), null);

    private static BaselineDecision Move(SweepResult sweep, SweepResult? before) => Ratchet.Move(Report(sweep, before), Whole, before is null ? null : BaselineOf(before));

    private static SweepReport Report(SweepResult sweep, SweepResult? before, ExperimentDefinition? definition = null) =>
        new() { Sweep = sweep, Assessment = Judge.Assess(sweep, definition ?? Whole, before is null ? null : BaselineOf(before)) };

    private static SweepResult Measured(int seed, double rate = 1, double megabytes = 1000, double noise = 0.005)
    {
        var random = new Random(seed);
        return Sweep(from repeat in Enumerable.Range(1, 3) from one in All select Trial(one, repeat, 200 * rate * Math.Exp(noise * Normal(random)), megabytes));
    }
}
