using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Advising;

public class AdvisorTests
{
    [Fact]
    public void Each_dataset_gets_the_fewest_workers_that_cannot_be_told_from_the_best()
    {
        var advice = Judge.Assess(Noisy(3, 0.01, 1), Definition(), null).Advice;

        Assert.Equal(["MELD-DA", "MIntRec"], advice.Select(one => one.Dataset));
        Assert.All(advice, one =>
        {
            Assert.Equal(2, one.Configuration!.NumWorkers);
            Assert.False(one.Configuration.PinMemory);
            Assert.Contains(one.Reasons, reason => reason.StartsWith("num_workers=1 gives ", StringComparison.Ordinal) && reason.EndsWith("% less.", StringComparison.Ordinal));
            Assert.Contains("pin_memory has no effect without CUDA.", one.Reasons);
            Assert.Contains(one.Reasons, reason => reason.StartsWith("Its peak memory is 1.5 GiB", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Nothing_is_recommended_where_the_settings_did_not_reach_the_loader()
    {
        static TrialResult NotReached(TrialResult trial) => trial with { Diagnostics = [PyTorchDiagnostics.OverrideNotApplied.Warning("num_workers=0 instead of 2")] };
        var sweep = Sweep([Trial(Of("MELD-DA", 0, false), 1, 100), NotReached(Trial(Of("MELD-DA", 2, false), 1, 500)), NotReached(Trial(Of("MELD-DA", 4, false), 1, 500))]);

        var advice = Assert.Single(Judge.Assess(sweep, Definition(), null).Advice);

        Assert.Null(advice.Configuration);
        Assert.StartsWith("The settings of 2 configurations did not reach the loader that trains (EXP3156)", Assert.Single(advice.Reasons), StringComparison.Ordinal);

        var some = Sweep([.. sweep.Trials, Trial(Of("MELD-DA", 1, false), 1, 200)]);
        Assert.Equal(1, Assert.Single(Judge.Assess(some, Definition(), null).Advice).Configuration!.NumWorkers);
    }

    [Fact]
    public void A_configuration_whose_memory_does_not_fit_is_ruled_out_with_its_figure()
    {
        var assessment = Judge.Assess(
            Sweep([Trial(Of("MELD-DA", 0, false), 1, 100, 500), Trial(Of("MELD-DA", 16, false), 1, 500, 9.1 * 1024)]),
            Definition(new Gates { PeakMemory = new PeakMemoryBounds { MaxBytes = 8L << 30 } }), null);

        var advice = Assert.Single(assessment.Advice);
        Assert.Equal(0, advice.Configuration!.NumWorkers);
        Assert.Contains("Ruled out: num_workers=16 pin_memory=false, blown up (9.1 GiB).", advice.Reasons);
    }

    [Fact]
    public void Pinned_memory_is_recommended_where_it_is_clearly_faster_and_there_is_a_device()
    {
        var sweep = Pinned() with { Machine = Machine with { Gpu = "Sample GPU" } };

        Assert.True(Assert.Single(Judge.Assess(sweep, Definition(), null).Advice).Configuration!.PinMemory);
        Assert.False(Assert.Single(Judge.Assess(sweep, WithDevice("cpu"), null).Advice).Configuration!.PinMemory);
        Assert.False(Assert.Single(Judge.Assess(Pinned(), Definition(), null).Advice).Configuration!.PinMemory);
    }

    [Fact]
    public void A_torch_that_sees_no_device_makes_pinning_one_configuration_whatever_the_machine_has()
    {
        var sweep = Pinned() with { Machine = Machine with { Gpu = "Sample GPU" } };
        sweep = sweep with { Trials = [.. sweep.Trials.Select(trial => trial with { Diagnostics = [PyTorchDiagnostics.PinMemoryWithoutCuda.Warning("torch is built without CUDA")] })] };

        var advice = Assert.Single(Judge.Assess(sweep, Definition(), null).Advice);

        Assert.False(advice.Configuration!.PinMemory);
        Assert.Contains("pin_memory has no effect without CUDA.", advice.Reasons);
    }

    [Fact]
    public void Where_only_pinned_memory_was_tried_it_is_recommended_without()
    {
        var sweep = Sweep(from repeat in Enumerable.Range(1, 3) from workers in new[] { 0, 2 } select Trial(Of("MELD-DA", workers, true), repeat, 100 + 100 * workers + repeat, wait: workers == 0 ? 0.7 : 0.01));

        var advice = Assert.Single(Judge.Assess(sweep, Definition(), null).Advice);

        Assert.Equal((2, false, "meld-da-2-true"), (advice.Configuration!.NumWorkers, advice.Configuration.PinMemory, advice.MeasuredAs));
    }

    [Fact]
    public void Settings_of_workers_make_one_configuration_where_there_are_none_and_two_where_there_are()
    {
        var advice = Assert.Single(Judge.Assess(
            Sweep(from repeat in Enumerable.Range(1, 3) from one in new[] { (0, 2), (0, 4), (1, 2), (1, 4) } select Trial(Prefetch(one.Item1, one.Item2), repeat, one.Item1 == 0 ? 100 + one.Item2 : 300 * one.Item2, wait: one.Item1 == 0 ? 0.95 : 0.1)),
            Definition(), null).Advice);

        Assert.StartsWith("num_workers=1 prefetch_factor=4 is the fastest of 3 configurations that fit: 1200 samples/s", advice.Reasons[0], StringComparison.Ordinal);
        Assert.Contains("num_workers=0 gives 102 to 104 samples/s, 91 % less.", advice.Reasons);

        static Configuration Prefetch(int workers, int factor) => Configuration.Create(new Dictionary<string, AxisValue>
        {
            [AxisNames.NumWorkers] = AxisValue.Of(workers), [AxisNames.PrefetchFactor] = AxisValue.Of(factor),
        });
    }

    [Fact]
    public void A_configuration_of_which_a_repeat_was_foreseen_to_blow_up_is_not_recommended()
    {
        var fast = Of("MELD-DA", 16, false);
        var assessment = Judge.Assess(
            Sweep([Trial(Of("MELD-DA", 0, false), 1, 100), Trial(fast, 1, 500), Trial(fast, 2, 0, status: TrialStatus.Foreseen)]), Definition(), null);

        var advice = Assert.Single(assessment.Advice);
        Assert.Equal(0, advice.Configuration!.NumWorkers);
        Assert.Contains(advice.Reasons, reason => reason.StartsWith("Ruled out: num_workers=16 pin_memory=false, foreseen to blow up", StringComparison.Ordinal));
    }

    [Fact]
    public void The_largest_number_that_was_tried_is_told_to_be_the_largest_and_the_next_to_be_tried()
    {
        var advice = Advise([(4, 200, 0.6), (8, 400, 0.22)]);

        Assert.Equal(8, advice.Configuration!.NumWorkers);
        Assert.Contains("num_workers=8 is the largest tried, and still waits for data for 22 % of its time: without waiting it would give 28 % more; try 16.", advice.Reasons);
        Assert.Contains(Advise([(4, 200, 0.6), (8, 400, 0.001)]).Reasons, reason => reason.Contains("waits for data for only 0.1 % of its time: more workers have no more than that to gain", StringComparison.Ordinal));
        Assert.DoesNotContain(Advise([(4, 400, 0.02), (8, 400, 0.01)]).Reasons, reason => reason.Contains("largest tried", StringComparison.Ordinal));
        var more = Judge.Assess(Sweep([Trial(Of("MELD-DA", 1, false), 1, 100), Trial(Of("MELD-DA", 2, false), 1, 200), Trial(Of("MELD-DA", 16, false), 1, 0, status: TrialStatus.BlownUp)]), Definition(), null);
        Assert.DoesNotContain(Assert.Single(more.Advice).Reasons, reason => reason.Contains("largest tried", StringComparison.Ordinal));
    }

    [Fact]
    public void More_workers_are_never_said_to_gain_more_than_was_waited_for()
    {
        var advice = Advise([(1, 80, 0.05), (2, 470, 0.01)]);

        var reason = Assert.Single(advice.Reasons, reason => reason.StartsWith("num_workers=1 ", StringComparison.Ordinal));
        Assert.Equal("num_workers=1 pin_memory=false gives 80.8 samples/s, but waited for data for only 5.0 % of its time: of the 83 % between them more workers make up that much at most.", reason);
    }

    [Fact]
    public void What_hardly_waited_and_was_slow_only_while_others_had_the_machine_is_not_taken_for_slower()
    {
        var busy = Sweep(from repeat in Enumerable.Range(1, 3) from workers in new[] { 1, 2 } select Loaded(Trial(Of("MELD-DA", workers, false), repeat, (workers == 1 ? 80 : 400) + repeat, wait: 0.005), workers == 1 ? 82 : 10));

        var advice = Assert.Single(Judge.Assess(busy, Definition(), null).Advice);

        Assert.Equal(1, advice.Configuration!.NumWorkers);
        Assert.Contains("But others took 82 % of the machine while it ran (10 % at num_workers=2 pin_memory=false), and it waited for data for only 0.5 % of its time", advice.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void More_workers_than_cores_are_recommended_where_they_are_faster_and_that_is_said()
    {
        var advice = Advise([(8, 200, 0.6), (16, 400, 0.3)]);

        Assert.Contains("num_workers=16 is more than the 8 usable cores, and faster than fewer all the same.", advice.Reasons);
    }

    [Fact]
    public void Single_trials_are_said_not_to_show_the_noise()
    {
        var assessment = Judge.Assess(Sweep([Trial(Of("MELD-DA", 1, false), 1, 97), Trial(Of("MELD-DA", 4, false), 1, 100)]), Definition(), null);

        var advice = Assert.Single(assessment.Advice);
        Assert.Equal(1, advice.Configuration!.NumWorkers);
        Assert.Contains("single trials do not show the noise", advice.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_recommended_where_nothing_was_measured()
    {
        var assessment = Judge.Assess(Sweep([Trial(Of("MELD-DA", 1, false), 1, 0, status: TrialStatus.Failed)]), Definition(), null);

        var advice = Assert.Single(assessment.Advice);
        Assert.Null(advice.Configuration);
        Assert.Equal(["None of 1 configuration can be recommended: 1 failed."], advice.Reasons);
    }

    /// <summary>Three trials of each count, 1 % apart.</summary>
    private static Advice Advise((int Workers, double Rate, double Wait)[] measured) => Assert.Single(Judge.Assess(
        Sweep(from repeat in Enumerable.Range(0, 3) from one in measured select Trial(Of("MELD-DA", one.Workers, false), repeat + 1, one.Rate * (1 + (0.01 * repeat)), wait: one.Wait)),
        Definition(), null).Advice);

    private static SweepResult Pinned() =>
        Sweep(from repeat in Enumerable.Range(1, 3) from configuration in Matrix.Where(one => one is { Dataset: "MELD-DA", NumWorkers: 2 }) select Trial(configuration, repeat, (configuration.PinMemory is true ? 130 : 100) + repeat));

    private static ExperimentDefinition WithDevice(string device) => Definition() with { Train = new TorchSharpTask { Task = "utterance-fusion", Device = device } };

    private static TrialResult Loaded(TrialResult trial, double percentage) =>
        trial with { Metrics = new Dictionary<string, double>(trial.Metrics) { [MetricKeys.CpuOtherPercentage] = percentage } };
}
