using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Engine.Measurements;
using Experiments.Processes.Tests;

namespace Experiments.Engine.Tests.Measurements;

public class MeasurementTests
{
    [Fact]
    public void Warm_up_steps_do_not_count()
    {
        var measurement = new StepMeasurement(warmupSteps: 2);
        measurement.Add(Enumerable.Range(1, 12).Select(step => new StepEvent(step, 64, step <= 2 ? 9 : 0.1, step <= 2 ? 10 : 0.4, null)));

        var metrics = measurement.Metrics();

        Assert.Equal(160, metrics[MetricKeys.SamplesPerSecond], 9);
        Assert.Equal(0.25, metrics[MetricKeys.WaitFraction], 9);
        Assert.Equal(400, metrics[MetricKeys.StepMillisecondsP95], 9);
        Assert.Equal((10, 12), (measurement.Measured.Count, measurement.Steps));
        Assert.Equal((10, 4), (metrics[MetricKeys.MeasuredSteps], Math.Round(metrics[MetricKeys.MeasuredSeconds], 9)));
    }

    [Fact]
    public void A_trial_with_warm_up_steps_only_has_no_throughput()
    {
        var measurement = new StepMeasurement(warmupSteps: 5);
        measurement.Add(Enumerable.Range(1, 5).Select(step => new StepEvent(step, 64, 0, 1, null)));

        Assert.False(measurement.Metrics().ContainsKey(MetricKeys.SamplesPerSecond));
    }

    [Fact]
    public void The_time_to_the_first_batch_runs_from_the_asking()
    {
        var measurement = new StepMeasurement(0);
        measurement.Add([Phase(PhaseNames.Start, 100), Phase(PhaseNames.Load, 103), Phase(PhaseNames.FirstBatch, 103.5), Phase(PhaseNames.FirstBatch, 200)]);

        Assert.Equal(500, measurement.Metrics()[MetricKeys.TimeToFirstBatchMilliseconds], 6);
    }

    [Fact]
    public void What_the_steps_tell_overrules_what_the_trial_claims()
    {
        var measurement = new StepMeasurement(0);
        measurement.Add(
        [
            new MetricEvent(MetricKeys.SamplesPerSecond, 1e9, null, null), new MetricEvent("train/loss", 2, 1, null),
            new MetricEvent("train/loss", 1, 2, null), new StepEvent(1, 10, 0, 1, null),
        ]);

        var metrics = measurement.Metrics();

        Assert.Equal((10, 1), (metrics[MetricKeys.SamplesPerSecond], metrics["train/loss"]));
    }

    [Fact]
    public void Growth_is_bytes_a_step_whatever_the_steps_duration()
    {
        var steps = Enumerable.Range(1, 100).Select(step => new StepEvent(step, 1, 0, 0.1, 1000 + (step * step / 100.0))).ToList();
        var series = steps.Select(step => (step.Time!.Value, 1_000_000L + (4096L * step.Step))).ToList();

        Assert.Equal(4096, MemoryGrowth.BytesPerStep(steps, series)!.Value, 0);
    }

    [Fact]
    public void Growth_is_not_moved_by_spikes()
    {
        var steps = Enumerable.Range(1, 100).Select(step => new StepEvent(step, 1, 0, 0.1, step)).ToList();
        var series = steps.Select(step => (step.Time!.Value, step.Step % 5 == 0 ? 900_000_000L : 1000L)).ToList();

        Assert.Equal(0, MemoryGrowth.BytesPerStep(steps, series)!.Value, 6);
    }

    [Fact]
    public void Too_few_samples_give_no_growth()
    {
        var steps = Enumerable.Range(1, 100).Select(step => new StepEvent(step, 1, 0, 0.1, step)).ToList();

        Assert.Null(MemoryGrowth.BytesPerStep(steps, [(1, 1), (50, 2), (99, 3)]));
        Assert.Null(MemoryGrowth.BytesPerStep([.. steps.Select(step => step with { Time = null })], []));
    }

    [Theory]
    [InlineData(3.0, -2.0)]
    [InlineData(1e6, 0.0)]
    public void The_slope_follows_scale_and_ignores_shift(double scale, double shift)
    {
        var random = new Random(1);
        var points = Enumerable.Range(0, 60).Select(x => ((double)x, (2.0 * x) + random.NextDouble())).ToList();
        var slope = TheilSen.Slope(points)!.Value;

        Assert.Equal(scale * slope, TheilSen.Slope([.. points.Select(point => (point.Item1 + shift, (scale * point.Item2) + shift))])!.Value, 6);
        Assert.InRange(slope, 1.95, 2.05);
    }

    [Fact]
    public void Quantiles_are_those_of_numpy()
    {
        double[] values = [1, 2, 4, 8, 16]; // numpy.percentile([1,2,4,8,16], [0,50,95,100])

        Assert.Equal([1, 4, 14.4, 16], new[] { 0, 0.5, 0.95, 1 }.Select(probability => Math.Round(Percentile.Of(values, probability), 9)));
    }

    [Fact]
    public void Events_are_read_once_as_they_come_and_a_torn_line_waits()
    {
        using var folder = new TestFolder();
        var path = folder.File("events.jsonl");
        var reader = new EventReader(path);
        Assert.Empty(reader.ReadNew());

        File.WriteAllText(path, """{"type":"metric","name":"a","value":1}""" + "\nnoise\n" + """{"type":"metric","na""");
        Assert.Equal(["a"], Names(reader.ReadNew()));
        Assert.Empty(reader.ReadNew());

        File.AppendAllText(path, """me":"b","value":2}""" + "\r\n" + new string('x', 3_000_000) + "\n" + """{"type":"metric","name":"c","value":3}""");
        Assert.Equal(["b"], Names(reader.ReadNew()));
        Assert.True(reader.HasMore);
        var rest = new List<string>();
        do
            rest.AddRange(Names(reader.ReadNew(last: true)));
        while (reader.HasMore);
        Assert.Equal(["c"], rest);
    }

    [Fact]
    public void The_last_match_of_a_pattern_counts_and_lines_without_numbers_do_not()
    {
        var found = OutputMetrics.Find(
            ["loss=1.5", "loss=abc", "loss=0.5 speed 1e3"],
            new Dictionary<string, string> { ["loss"] = @"loss=(\S+)", ["speed"] = @"speed (\S+)", ["none"] = "x=(.)" },
            TestContext.Current.CancellationToken);

        Assert.Equal(new Dictionary<string, double> { ["loss"] = 0.5, ["speed"] = 1000 }, found);
    }

    private static PhaseEvent Phase(string name, double time) => new(name, new Dictionary<string, string>(), time);

    private static IEnumerable<string> Names(IEnumerable<TrialEvent> events) => events.OfType<MetricEvent>().Select(metric => metric.Name);
}
