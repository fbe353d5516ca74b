using Experiments.Analysis.Measuring;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Measuring;

public class MeasuringTests
{
    [Fact]
    public void Too_little_is_warned_of_with_the_steps_to_write()
    {
        var warning = Assert.Single(Warnings(Of((0.06, 60), (0.3, 60), (4, 60)), steps: 60), one => one.Code == "EXP2023");

        Assert.Contains("0.06 s were measured in a trial of dataset=MELD-DA num_workers=0 pin_memory=false, and less than 3 s in 2 of 3 configurations; write steps: auto, or steps: 3200", warning.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosticSeverity.Warning, warning.Severity);
    }

    [Theory]
    [InlineData(null)] // asked for 3 s
    [InlineData(1000)] // asked for a thousand steps
    public void A_training_that_ended_by_itself_is_told_to_train_longer_for_no_number_of_steps_would_help(int? steps)
    {
        var warning = Assert.Single(Warnings(Of((0.6, 120), (4, 120)), steps), one => one.Code == "EXP2023");

        Assert.EndsWith("the training ended by itself after 120 measured steps: let it train longer (more epochs, or more data)", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_seconds_are_enough_and_an_unknown_time_is_not_judged()
    {
        Assert.DoesNotContain(Warnings(Of((3.001, 900), (2.99, 900)), steps: null), one => one.Code == "EXP2023");
        Assert.DoesNotContain(Judge.Assess(Noisy(2, 0.01, 1), Definition(), null).Diagnostics, one => one.Code == "EXP2023");
    }

    [Fact]
    public void Others_on_the_machine_are_warned_of_with_their_share()
    {
        var busy = Assert.Single(Judge.Assess(Loaded(80, 84, 77, 79), Definition(), null).Diagnostics, one => one.Code == "EXP2024");

        Assert.Contains("others took 80 % of the machine while the trials ran, and most, 84 %, at dataset=MELD-DA num_workers=1 pin_memory=false #1 (more than 20 % in 4 of 4 trials)", busy.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Judge.Assess(Loaded(3, 12, 5, 19), Definition(), null).Diagnostics, one => one.Code == "EXP2024");
    }

    [Fact]
    public void Short_trials_that_scatter_carry_no_recommendation_and_no_baseline()
    {
        var sweep = Of((0.06, 60), (0.3, 60)) with { Trials = [.. Of((0.06, 60), (0.3, 60)).Trials.Select(trial => Faster(trial, trial.Repeat == 1 ? 1 : 1.6))] };
        var assessment = Judge.Assess(sweep, Definition(steps: 60), null);

        var advice = Assert.Single(assessment.Advice);
        Assert.Null(advice.Configuration);
        Assert.StartsWith("No recommendation: 0.06 s were measured in a trial of dataset=MELD-DA num_workers=0 pin_memory=false, and its trials lie 23 % to either side of their middle; write steps: auto, or steps: 3200.", advice.Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("0.06 s were measured", Fault(sweep, steps: 60), StringComparison.Ordinal);
    }

    [Fact]
    public void Short_trials_that_agree_carry_both()
    {
        var sweep = Of((0.06, 60), (0.3, 60));

        Assert.NotNull(Assert.Single(Judge.Assess(sweep, Definition(steps: 60), null).Advice).Configuration);
        Assert.Null(Fault(sweep, steps: 60));
    }

    [Fact]
    public void Long_trials_that_lie_too_far_apart_carry_neither()
    {
        var sweep = Of((4, 60), (4, 60)) with { Trials = [.. Of((4, 60), (4, 60)).Trials.Select(trial => Faster(trial, trial.Repeat == 1 ? 1 : 2))] };

        Assert.StartsWith("No recommendation: the trials of dataset=MELD-DA num_workers=0 pin_memory=false lie 33 % to either side of their middle; repeat them more often (repeats: 4)", Assert.Single(Judge.Assess(sweep, Definition(), null).Advice).Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("the trials of dataset=MELD-DA", Fault(sweep, steps: null), StringComparison.Ordinal);
    }

    [Fact]
    public void One_outlier_of_five_trials_takes_nothing_from_a_sweep()
    {
        var sweep = Sweep(from repeat in Enumerable.Range(1, 5) from workers in new[] { 0, 1 } select Measured(Trial(SampleSweep.Of("MELD-DA", workers, false), repeat, repeat == 3 ? 50 : 100 + repeat), 4, 60));

        Assert.Null(Fault(sweep, steps: null));
    }

    private static ExperimentDefinition Definition(int? steps = null) => SampleSweep.Definition() with { Train = new TorchSharpTask { Task = "utterance-fusion", Steps = steps } };

    private static string? Fault(SweepResult sweep, int? steps) =>
        Bearing.Fault(new SweepReport { Sweep = sweep, Assessment = Judge.Assess(sweep, Definition(steps), null) }, Definition(steps));

    private static IReadOnlyList<Diagnostic> Warnings(SweepResult sweep, int? steps) => Judge.Assess(sweep, Definition(steps), null).Diagnostics;

    /// <summary>Two trials of each configuration, measured for so many seconds and steps.</summary>
    private static SweepResult Of(params (double Seconds, int Steps)[] configurations) =>
        Sweep(from repeat in Enumerable.Range(1, 2) from one in configurations.Index() select Measured(Trial(SampleSweep.Of("MELD-DA", one.Index, false), repeat, 100 + one.Index + (0.1 * repeat)), one.Item.Seconds, one.Item.Steps));

    private static SweepResult Loaded(params double[] percentages) => Sweep(percentages.Index().Select(one => With(Trial(SampleSweep.Of("MELD-DA", one.Index, false), 1, 100), MetricKeys.CpuOtherPercentage, one.Item)));

    private static TrialResult Measured(TrialResult trial, double seconds, int steps) => With(With(trial, MetricKeys.MeasuredSeconds, seconds), MetricKeys.MeasuredSteps, steps);

    private static TrialResult Faster(TrialResult trial, double factor) => With(trial, MetricKeys.SamplesPerSecond, trial.Metric(MetricKeys.SamplesPerSecond)!.Value * factor);

    private static TrialResult With(TrialResult trial, string key, double value) => trial with { Metrics = new Dictionary<string, double>(trial.Metrics) { [key] = value } };
}
