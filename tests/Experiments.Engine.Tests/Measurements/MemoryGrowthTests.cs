using Experiments.Core.Events;
using Experiments.Engine.Measurements;

namespace Experiments.Engine.Tests.Measurements;

/// <summary>Trials of 60 steps, three memory readings a step, as a training's memory behaves: seeded, a hundred of each kind.</summary>
public class MemoryGrowthTests
{
    private const double Mebibyte = 1024 * 1024;
    private const int Steps = 60;
    private const int Trials = 100;

    [Fact]
    public void A_leak_of_1_MiB_a_step_is_found()
    {
        var growths = Growths((random, step) => step + (2 * random.NextDouble()));

        Assert.All(growths, growth => Assert.InRange(growth.BytesPerStep / Mebibyte, 0.85, 1.15));
        Assert.All(growths, growth => Assert.True(growth.Low > 0));
    }

    [Fact]
    public void Noise_that_wanders_by_0_05_MiB_a_step_is_no_leak()
    {
        var growths = Growths(Wandering(0.05));

        Assert.All(growths, growth => Assert.InRange(growth.BytesPerStep / Mebibyte, -0.1, 0.1));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(25)]
    public void Rule_17_a_leak_lasts_to_the_end_and_a_plateau_is_none(int stepsUntilFull)
    {
        var growths = Growths((random, step) => (500 * Math.Min(1, step / stepsUntilFull)) + random.NextDouble());

        Assert.All(growths, growth => Assert.True(growth.BytesPerStep / Mebibyte < 0.1, $"{growth.BytesPerStep / Mebibyte} MiB a step"));
    }

    [Fact]
    public void A_collector_that_frees_now_and_then_is_no_leak()
    {
        var growths = Growths((random, step) => 40 * (((step / 17) + 0.4) % 1));

        Assert.All(growths, growth => Assert.True(growth.Low <= 0));
    }

    [Fact]
    public void The_interval_holds_the_truth_in_99_of_100_trials() =>
        Assert.InRange(Growths((random, step) => step + (20 * random.NextDouble()), 1000).Count(growth => growth.Low <= Mebibyte && growth.High >= Mebibyte), 980, 1000);

    [Fact]
    public void A_short_trial_with_a_dozen_readings_is_measured_and_one_with_five_is_not()
    {
        var steps = StepsOf(0.01);

        Assert.NotNull(MemoryGrowth.Of(steps, [.. Enumerable.Range(0, 12).Select(reading => (0.01 + (0.05 * reading), (long)(reading * 5 * Mebibyte)))]));
        Assert.Null(MemoryGrowth.Of(steps, [.. Enumerable.Range(0, 5).Select(reading => (0.01 + (0.1 * reading), (long)(reading * 10 * Mebibyte)))]));
    }

    private static Func<Random, double, double> Wandering(double spread)
    {
        var at = 0.0;
        return (random, _) => at += spread / Math.Sqrt(3) * ((2 * random.NextDouble()) - 1) * Math.Sqrt(3);
    }

    private static List<GrowthEstimate> Growths(Func<Random, double, double> mebibytes, int trials = Trials) =>
        [.. Enumerable.Range(0, trials).Select(seed =>
        {
            var random = new Random(seed);
            var series = Enumerable.Range(0, 3 * (Steps - 1)).Select(reading => 1 + (reading / 3.0)).Select(step => (step, (long)((1000 + mebibytes(random, step)) * Mebibyte))).ToList();
            return MemoryGrowth.Of(StepsOf(1), series)!.Value;
        })];

    private static List<StepEvent> StepsOf(double seconds) => [.. Enumerable.Range(1, Steps).Select(step => new StepEvent(step, 1, 0, seconds, step * seconds))];
}
