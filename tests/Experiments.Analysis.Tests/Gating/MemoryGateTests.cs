using Experiments.Core.Definitions;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Gating;

public class MemoryGateTests
{
    [Fact]
    public void The_worst_trial_decides_and_the_line_names_file_place_and_configuration()
    {
        var big = Of("MELD-DA", 16, true);
        var sweep = Sweep([Trial(big, 1, 100, 4000), Trial(big, 2, 100, 9.1 * 1024), Trial(Of("MELD-DA", 0, true), 1, 100, 900)]);

        var assessment = Judge.Assess(sweep, Definition(new Gates { PeakMemory = new PeakMemoryBounds { MaxBytes = 8L << 30 } }), null);

        Assert.Equal(VerdictKind.BlownUp, assessment.Verdict);
        Assert.Equal(ExitCodes.GateFailed, ExitCodes.Of(assessment.Verdict));
        Assert.Equal(
            "experiments/meld-da.yaml(21,3): error EXP2001: peak memory 9.1 GiB exceeds 8.0 GiB at dataset=MELD-DA num_workers=16 pin_memory=true",
            Assert.Single(assessment.Configurations.SelectMany(one => one.Diagnostics)).ToString());
        Assert.Equal(VerdictKind.Pass, assessment.Configurations[1].Verdict);
    }

    [Fact]
    public void A_peak_just_above_its_bound_reads_differently_from_it()
    {
        var sweep = Sweep([Trial(Of("MELD-DA", 1, false), 1, 100, 8 * 1024 + 1)]);

        var assessment = Judge.Assess(sweep, Definition(new Gates { PeakMemory = new PeakMemoryBounds { MaxBytes = 8L << 30 } }), null);

        Assert.Contains("peak memory 8.001 GiB exceeds 8.000 GiB", assessment.Configurations[0].Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_peak_that_was_not_measured_is_not_green()
    {
        var trial = Trial(Of("MELD-DA", 1, false), 1, 100) with { Metrics = new Dictionary<string, double> { [MetricKeys.SamplesPerSecond] = 100 } };

        var assessment = Judge.Assess(Sweep([trial]), Definition(new Gates { PeakMemory = new PeakMemoryBounds { MaxBytes = 8L << 30 } }), null);

        Assert.Equal(VerdictKind.NotMeasured, assessment.Verdict);
        Assert.Equal("EXP2007", assessment.Configurations[0].Diagnostics[0].Code);
    }

    [Fact]
    public void One_trial_of_three_whose_peak_nobody_saw_is_not_green_and_hides_no_blow_up_of_the_others()
    {
        var configuration = Of("MELD-DA", 1, false);
        var unseen = Trial(configuration, 2, 100) with { Metrics = new Dictionary<string, double> { [MetricKeys.SamplesPerSecond] = 100 } };
        var gates = Definition(new Gates { PeakMemory = new PeakMemoryBounds { MaxBytes = 8L << 30, MaxIncreasePercent = 10 } });

        Assert.Equal(VerdictKind.NotMeasured, Judge.Assess(Sweep([Trial(configuration, 1, 100, 900), unseen, Trial(configuration, 3, 100, 900)]), gates, null).Verdict);
        Assert.Equal(VerdictKind.BlownUp, Judge.Assess(Sweep([Trial(configuration, 1, 100, 9000), unseen, Trial(configuration, 3, 100, 900)]), gates, null).Verdict);
    }

    [Fact]
    public void Another_driver_is_the_same_machine_and_a_warning()
    {
        var sweep = Sweep([Trial(Of("MELD-DA", 1, false), 1, 100), Trial(Of("MELD-DA", 1, false), 2, 100)]);
        var before = BaselineOf(sweep with { Machine = Machine with { Gpu = "NVIDIA A100, driver 550.54" } });
        var definition = Definition(new Gates { PeakMemory = new PeakMemoryBounds { MaxIncreasePercent = 10 }, Throughput = new ThroughputBounds { MaxRegressionPercent = 5 } });

        var assessment = Judge.Assess(sweep with { Machine = Machine with { Gpu = "NVIDIA A100, driver 560.10" } }, definition, before);

        Assert.Equal(VerdictKind.Pass, assessment.Verdict);
        Assert.Contains(assessment.Diagnostics, one => one.Code == "EXP2016" && one.Message.EndsWith("was measured with GPU NVIDIA A100, driver 550.54, now NVIDIA A100, driver 560.10", StringComparison.Ordinal));
        Assert.NotNull(assessment.Configurations[0].Throughput);
        Assert.DoesNotContain(Judge.Assess(sweep, definition, BaselineOf(sweep)).Diagnostics, one => one.Code == "EXP2016");
    }

    [Theory]
    [InlineData(1.09, VerdictKind.Pass)]
    [InlineData(1.12, VerdictKind.Regressed)]
    public void A_peak_may_grow_over_the_baseline_by_its_bound(double factor, VerdictKind expected)
    {
        var configuration = Of("MELD-DA", 2, true);
        var before = Sweep([Trial(configuration, 1, 100, 1000), Trial(configuration, 2, 100, 1005)]);
        var now = Sweep([Trial(configuration, 1, 100, 1000 * factor), Trial(configuration, 2, 100, 1005 * factor)]);

        var assessment = Judge.Assess(now, Definition(new Gates { PeakMemory = new PeakMemoryBounds { MaxIncreasePercent = 10 } }), BaselineOf(before));

        Assert.Equal(expected, assessment.Verdict);
    }

    [Fact]
    public void Rule_15_memory_grew_when_every_repeat_is_larger()
    {
        var configuration = Of("MELD-DA", 2, true);
        var before = Sweep([Trial(configuration, 1, 100, 1000), Trial(configuration, 2, 100, 1300), Trial(configuration, 3, 100, 1000)]);
        var now = Sweep([Trial(configuration, 1, 100, 1290), Trial(configuration, 2, 100, 1310), Trial(configuration, 3, 100, 1310)]);

        Assert.Equal(VerdictKind.Pass, Judge.Assess(now, Definition(new Gates { PeakMemory = new PeakMemoryBounds { MaxIncreasePercent = 10 } }), BaselineOf(before)).Verdict);
    }

    [Theory]
    [InlineData(0.4, 0.3, VerdictKind.Pass)]
    [InlineData(1.4, 1.2, VerdictKind.BlownUp)]
    [InlineData(1.4, 0.2, VerdictKind.BlownUp)]
    [InlineData(1.4, -0.2, VerdictKind.Inconclusive)]
    public void Rule_16_growth_is_red_that_is_larger_than_the_bound_and_no_accident(double megabytesPerStep, double low, VerdictKind expected)
    {
        var trial = Trial(Of("MELD-DA", 1, false), 1, 100);
        trial = trial with
        {
            Metrics = new Dictionary<string, double>(trial.Metrics)
            {
                [MetricKeys.MemoryGrowthMegabytesPerStep] = megabytesPerStep,
                [MetricKeys.MemoryGrowthLowMegabytesPerStep] = low,
                [MetricKeys.MemoryGrowthHighMegabytesPerStep] = 2,
            },
        };

        var assessment = Judge.Assess(Sweep([trial]), Definition(new Gates { MemoryGrowth = new MemoryGrowthBounds { MaxBytesPerStep = 1 << 20 } }), null);

        Assert.Equal(expected, assessment.Verdict);
    }

    [Theory]
    [InlineData(0.0, 0.05, 1.3, "; it is worker 1 (python3, process 12) that grows, by 1.3 MiB a step")]
    [InlineData(1.2, 0.0, 0.0, "; it is main (python3, process 10) that grows, by 1.2 MiB a step")]
    [InlineData(0.1, 0.6, 0.6, "; it grows in 2 workers alike, at most 0.60 MiB a step each")]
    [InlineData(0.0, 0.0, 0.1, "; no process's resident set grows as much: workers replicate what they share with main by touching it, or shared memory piles up")]
    public void The_process_that_grows_is_named(double main, double first, double second, string expected)
    {
        var trial = Trial(Of("MELD-DA", 2, false), 1, 100);
        trial = trial with
        {
            Metrics = new Dictionary<string, double>(trial.Metrics) { [MetricKeys.MemoryGrowthMegabytesPerStep] = 1.4 },
            Telemetry = new TelemetrySummary
            {
                MemoryMethod = "cgroup-v2", IntervalMilliseconds = 10, Samples = 100, Cost = 0.001,
                Processes = [Share(10, 1, "main", main), Share(11, 10, "worker 0", first), Share(12, 10, "worker 1", second)],
            },
        };

        var assessment = Judge.Assess(Sweep([trial]), Definition(new Gates { MemoryGrowth = new MemoryGrowthBounds { MaxBytesPerStep = 1 << 20 } }), null);

        Assert.EndsWith($"at {trial.Configuration.Name}{expected}", Assert.Single(assessment.Configurations[0].Diagnostics).Message, StringComparison.Ordinal);
    }

    private static ProcessShare Share(int id, int parent, string role, double growth) => new()
    {
        Id = id, ParentId = parent, Name = "python3", Role = role, AnonymousMegabytes = 100, ResidentMegabytes = 120, GrowthMegabytesPerStep = growth,
    };
}
