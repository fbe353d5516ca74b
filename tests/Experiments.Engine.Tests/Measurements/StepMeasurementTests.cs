using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Engine.Measurements;

namespace Experiments.Engine.Tests.Measurements;

public class StepMeasurementTests
{
    [Fact]
    public void Of_very_many_steps_an_even_choice_is_kept_and_the_metrics_are_those_of_all()
    {
        const int Steps = 1_000_000;
        var measurement = new StepMeasurement(warmupSteps: 1);

        measurement.Add(Enumerable.Range(1, Steps).Select(step => new StepEvent(step, 8, 0.001, 0.01 + (step * 1e-8), step)));

        var metrics = measurement.Metrics();
        Assert.Equal(Steps, measurement.Steps);
        Assert.InRange(measurement.Measured.Count, 1 << 16, 1 << 17);
        Assert.Equal(8.0 * (Steps - 1) / Enumerable.Range(2, Steps - 1).Sum(step => 0.01 + (step * 1e-8)), metrics[MetricKeys.SamplesPerSecond], 1e-6);
        Assert.Equal(15, metrics[MetricKeys.StepMillisecondsP50], 0.01);
        Assert.Equal(19.5, metrics[MetricKeys.StepMillisecondsP95], 0.01);
        Assert.Equal([8], measurement.Measured.Zip(measurement.Measured.Skip(1), (one, next) => next.Step - one.Step).Distinct());
    }

    [Fact]
    public void A_flood_of_metric_names_is_counted_and_not_kept()
    {
        var measurement = new StepMeasurement(warmupSteps: 0);

        measurement.Add(Enumerable.Range(0, 5000).Select(name => new MetricEvent($"loss of sample {name}", name, null, null)));
        measurement.Add([new MetricEvent("loss of sample 0", 7, null, null)]);

        Assert.Equal(1000, measurement.Metrics().Count);
        Assert.Equal(7, measurement.Metrics()["loss of sample 0"]);
        Assert.Equal(4000, measurement.IgnoredMetrics);
    }

    [Fact]
    public void A_pattern_that_never_comes_to_an_end_finds_nothing()
    {
        var evil = new string('a', 40) + "!";

        var found = OutputMetrics.Find(
            ["rate 5", "slow 1", .. Enumerable.Repeat(evil, 100)],
            new Dictionary<string, string> { ["rate"] = @"rate (\S+)", ["slow"] = @"slow (\d)|^(a+)+$" },
            TestContext.Current.CancellationToken);

        Assert.Equal(new Dictionary<string, double> { ["rate"] = 5 }, found);
    }

    [Fact]
    public void A_search_in_output_ends_when_the_user_wants_to_stop() =>
        Assert.Throws<OperationCanceledException>(() => OutputMetrics.Find(["rate 5"], new Dictionary<string, string> { ["rate"] = @"rate (\S+)" }, new CancellationToken(canceled: true)));
}
