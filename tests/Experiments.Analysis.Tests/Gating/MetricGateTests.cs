using Experiments.Analysis.Text;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Gating;

public class MetricGateTests
{
    private static readonly Configuration One = Of("MELD-DA", 2, true);

    [Theory]
    [InlineData(0.51, VerdictKind.Regressed, "val_loss 0.51 is above 0.5 at dataset=MELD-DA num_workers=2 pin_memory=true")]
    [InlineData(0.50001, VerdictKind.Regressed, "val_loss 0.50001 is above 0.5 at dataset=MELD-DA num_workers=2 pin_memory=true")]
    [InlineData(0.5, VerdictKind.Pass, null)]
    [InlineData(-1, VerdictKind.Pass, null)]
    [InlineData(-1.5, VerdictKind.Regressed, "val_loss -1.5 is below -1 at dataset=MELD-DA num_workers=2 pin_memory=true")]
    public void A_metric_may_lie_between_its_bounds(double value, VerdictKind expected, string? line)
    {
        var assessment = Judge.Assess(Logged(value, value, value), Gated(new MetricBounds { Metric = "val_loss", Min = -1, Max = 0.5 }), null);

        Assert.Equal(expected, assessment.Verdict);
        Assert.Equal(line, assessment.Configurations[0].Diagnostics.SingleOrDefault()?.Message);
        Assert.All(assessment.Configurations[0].Diagnostics, one => Assert.Equal("EXP2030", one.Code));
    }

    [Fact]
    public void Its_median_counts_and_one_odd_trial_decides_nothing() =>
        Assert.Equal(VerdictKind.Pass, Judge.Assess(Logged(0.4, 9, 0.4), Gated(new MetricBounds { Metric = "val_loss", Max = 0.5 }), null).Verdict);

    [Theory]
    [InlineData(0.505, VerdictKind.Pass)]
    [InlineData(0.52, VerdictKind.Regressed)]
    [InlineData(0.45, VerdictKind.Pass)]
    [InlineData(0.4, VerdictKind.Regressed)]
    public void A_metric_may_move_from_the_baseline_by_its_bounds(double now, VerdictKind expected)
    {
        var definition = Gated(new MetricBounds { Metric = "val_loss", MaxIncreasePercent = 2, MaxDecreasePercent = 15 });

        var assessment = Judge.Assess(Logged(now, now, now), definition, BaselineOf(Logged(0.499, 0.5, 0.501)));

        Assert.Equal(expected, assessment.Verdict);
        Assert.Equal(now switch
        {
            0.52 => "val_loss 0.52 is 4.0 % above the baseline's 0.5, more than 2.0 %, at dataset=MELD-DA num_workers=2 pin_memory=true",
            0.4 => "val_loss 0.4 is 20 % below the baseline's 0.5, more than 15 %, at dataset=MELD-DA num_workers=2 pin_memory=true",
            _ => null,
        }, assessment.Configurations[0].Diagnostics.SingleOrDefault()?.Message);
        Assert.All(assessment.Configurations[0].Diagnostics, one => Assert.Equal("EXP2031", one.Code));
    }

    [Fact]
    public void It_moved_when_every_repeat_lies_beyond_every_accepted_one() =>
        Assert.Equal(VerdictKind.Pass, Judge.Assess(Logged(0.49, 0.6, 0.6), Gated(new MetricBounds { Metric = "val_loss", MaxIncreasePercent = 2 }), BaselineOf(Logged(0.5, 0.5, 0.5))).Verdict);

    [Fact]
    public void Below_zero_an_increase_is_a_share_of_the_size_and_from_zero_every_increase_is_one()
    {
        var definition = Gated(new MetricBounds { Metric = "val_loss", MaxIncreasePercent = 10 });

        Assert.Equal(VerdictKind.Pass, Judge.Assess(Logged(-95), definition, BaselineOf(Logged(-100))).Verdict);
        Assert.Equal(VerdictKind.Regressed, Judge.Assess(Logged(-85), definition, BaselineOf(Logged(-100))).Verdict);
        Assert.Equal(
            "val_loss 3 is above the baseline's 0, more than 10 %, at dataset=MELD-DA num_workers=2 pin_memory=true",
            Judge.Assess(Logged(3), definition, BaselineOf(Logged(0))).Configurations[0].Diagnostics[0].Message);
    }

    [Theory]
    [InlineData("val_los", "val_los was logged by no trial (did you mean val_loss?)")]
    [InlineData("f1", "f1 was logged by no trial")]
    public void A_metric_that_no_trial_logged_is_not_measured_and_named(string metric, string expected)
    {
        var assessment = Judge.Assess(Logged(0.4, 0.4), Gated(new MetricBounds { Metric = metric, Max = 1 }), null);

        Assert.Equal(VerdictKind.NotMeasured, assessment.Verdict);
        Assert.Equal(ExitCodes.TrialFailed, ExitCodes.Of(assessment.Verdict));
        Assert.Equal($"EXP2007: {expected} at {One.Name}", $"{assessment.Configurations[0].Diagnostics[0].Code}: {assessment.Configurations[0].Diagnostics[0].Message}");
    }

    [Fact]
    public void A_loss_that_is_no_number_in_one_trial_is_never_green()
    {
        var assessment = Judge.Assess(Logged(0.4, double.NaN, 0.4), Gated(new MetricBounds { Metric = "val_loss", Max = 1 }), null);

        Assert.Equal(VerdictKind.NotMeasured, assessment.Verdict);
        Assert.StartsWith("val_loss is not a number at ", assessment.Configurations[0].Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_accepted_before_the_gate_existed_is_said_and_compared_with_in_what_it_has()
    {
        var older = BaselineOf(Sweep([Trial(One, 1, 100), Trial(One, 2, 100)]));
        var gates = new Gates
        {
            PeakMemory = new PeakMemoryBounds { MaxIncreasePercent = 10 }, GpuMemory = new PeakMemoryBounds { MaxIncreasePercent = 10 }, Metrics = [new MetricBounds { Metric = "val_loss", MaxIncreasePercent = 2 }],
        };
        var now = WithMetric(Logged(0.4, 0.4), MetricKeys.MemoryGpuPeakMegabytes, 900);

        var lenient = Judge.Assess(now, Definition(gates), older);
        var strict = Judge.Assess(now, Definition(gates with { Throughput = new ThroughputBounds { AllowMissingBaseline = false } }), older);

        Assert.Equal("pass, in part compared with no baseline", VerdictWords.Of(lenient));
        Assert.Equal(
            "warning EXP2032: the baseline of sweep 20261122-180000-abcd has no memory/gpu_peak_megabytes and no val_loss; what compares with it is not gated, as allow_missing_baseline allows",
            Assert.Single(lenient.Diagnostics, one => one.Code == "EXP2032").ToString().Split(": ", 2)[1]);
        Assert.Equal(VerdictKind.NotMeasured, strict.Verdict);
        Assert.Equal("pass, compared with no baseline", VerdictWords.Of(Judge.Assess(now, Definition(gates), null)));
        Assert.Equal("pass", VerdictWords.Of(Judge.Assess(now, Definition(gates), BaselineOf(now))));
    }

    [Fact]
    public void Gpu_memory_has_the_gates_of_memory()
    {
        var before = WithMetric(Sweep([Trial(One, 1, 100), Trial(One, 2, 100)]), MetricKeys.MemoryGpuPeakMegabytes, 1000);
        var now = WithMetric(before, MetricKeys.MemoryGpuPeakMegabytes, 1200);

        Assert.Equal("EXP2028: peak GPU memory 1.2 GiB exceeds 1.0 GiB", Line(now, new PeakMemoryBounds { MaxBytes = 1L << 30 }));
        Assert.Equal("EXP2029: peak GPU memory 1.2 GiB is 20 % above the baseline's 1.0 GiB, more than 10 %,", Line(now, new PeakMemoryBounds { MaxIncreasePercent = 10 }));
        Assert.Equal("", Line(now, new PeakMemoryBounds { MaxBytes = 2L << 30, MaxIncreasePercent = 25 }));

        string Line(SweepResult sweep, PeakMemoryBounds bounds) => Judge.Assess(sweep, Definition(new Gates { GpuMemory = bounds }), BaselineOf(before)).Configurations[0].Diagnostics
            .Select(one => $"{one.Code}: {one.Message}").SingleOrDefault("").Split(" at dataset", 2)[0];
    }

    [Fact]
    public void Gpu_memory_of_a_trial_without_a_gpu_is_not_measured_and_says_why()
    {
        var unseen = Trial(One, 1, 100) with
        {
            Telemetry = new TelemetrySummary { MemoryMethod = "cgroup-v2", IntervalMilliseconds = 10, Samples = 9, Cost = 0, GpuReason = "the trial sees no GPU" },
        };

        var assessment = Judge.Assess(Sweep([unseen]), Definition(new Gates { GpuMemory = new PeakMemoryBounds { MaxBytes = 1L << 30 } }), null);

        Assert.Equal(VerdictKind.NotMeasured, assessment.Verdict);
        Assert.StartsWith("peak GPU memory was not measured (the trial sees no GPU) at ", assessment.Configurations[0].Diagnostics[0].Message, StringComparison.Ordinal);
    }

    private static ExperimentDefinition Gated(params MetricBounds[] bounds) => Definition(new Gates { Metrics = bounds });

    private static SweepResult Logged(params double[] values) =>
        Sweep(values.Select((value, index) => With(Trial(One, index + 1, 100), "val_loss", value)));

    private static SweepResult WithMetric(SweepResult sweep, string key, double value) => sweep with { Trials = [.. sweep.Trials.Select(trial => With(trial, key, value))] };

    private static TrialResult With(TrialResult trial, string key, double value) => trial with { Metrics = new Dictionary<string, double>(trial.Metrics) { [key] = value } };
}
