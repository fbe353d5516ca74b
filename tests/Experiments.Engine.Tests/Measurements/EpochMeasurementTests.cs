using System.Globalization;
using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Engine.Measurements;

namespace Experiments.Engine.Tests.Measurements;

/// <summary>Whole epochs, batches that were no steps, and samples that nobody knows.</summary>
public class EpochMeasurementTests
{
    private double _now = 1000;
    private int _step;

    [Fact]
    public void The_rate_of_whole_epochs_has_the_start_and_the_end_of_their_workers_in_it()
    {
        var metrics = Measure(warmup: 2, [Trains(), .. Epoch(5, start: 0.5, end: 0.2), .. Epoch(5, start: 0.5, end: 0.2), .. Epoch(5, start: 0.5, end: 0.2)]);

        // 5 steps of 0.1 s, the first with 0.5 s to start its workers, and 0.2 s to end them
        Assert.Equal(5 * 16 / 1.2, metrics[MetricKeys.EpochSamplesPerSecond], 6);
        Assert.Equal(80, metrics[MetricKeys.EpochSamples], 6);
        Assert.Equal(0.7, metrics[MetricKeys.EpochOverheadSeconds], 6);
        Assert.True(metrics[MetricKeys.SamplesPerSecond] > metrics[MetricKeys.EpochSamplesPerSecond]);
    }

    [Fact]
    public void An_only_epoch_counts_with_its_warm_up_steps_at_the_usual_time()
    {
        var metrics = Measure(warmup: 2, [Trains(), .. Epoch(10, start: 0.5, end: 0.2, warmup: 2)]);

        Assert.Equal(160 / (1.0 + 0.5 + 0.2), metrics[MetricKeys.EpochSamplesPerSecond], 6);
    }

    [Fact]
    public void Validation_within_an_epoch_is_not_the_epochs()
    {
        var metrics = Measure(warmup: 0, [Trains(), .. Epoch(5, start: 0, end: 0, aside: 3), .. Epoch(5, start: 0, end: 0, aside: 3)]);

        Assert.Equal(160, metrics[MetricKeys.EpochSamplesPerSecond], 6);
        Assert.Equal(0, metrics[MetricKeys.EpochOverheadSeconds], 6);
    }

    [Theory]
    [InlineData("dropped", 0.05, true)] // broken off at a number of steps
    [InlineData("dropped", 5.0, false)] // the script did something else before it let go
    [InlineData("restarted", 0.05, false)]
    [InlineData("after_steps", 0.05, false)]
    [InlineData("error RuntimeError", 0.05, false)]
    public void Only_a_whole_epoch_counts(string reason, double end, bool counts)
    {
        var metrics = Measure(warmup: 0, [Trains(), .. Epoch(5, start: 0, end, reason: reason)]);

        Assert.Equal(counts, metrics.ContainsKey(MetricKeys.EpochSamplesPerSecond));
    }

    [Fact]
    public void A_training_that_goes_on_without_its_loader_has_no_epochs_of_it()
    {
        var metrics = Measure(warmup: 2, [Trains(), .. Epoch(10, start: 0.5, end: 0.2, warmup: 2), .. Steps(20)]);

        Assert.DoesNotContain(MetricKeys.EpochSamplesPerSecond, metrics.Keys);
        Assert.Contains(MetricKeys.SamplesPerSecond, metrics.Keys);
    }

    [Fact]
    public void Steps_that_an_optimizer_shows_to_be_none_do_not_count()
    {
        var measurement = new StepMeasurement(2);
        var anew = new Dictionary<string, string> { ["by"] = "optimizer", ["anew"] = "true" };
        measurement.Add([Trains(), .. Epoch(10, start: 5, end: 0), new PhaseEvent(PhaseNames.Evidence, anew, _now)]);
        _step = 0;
        measurement.Add([Trains(), .. Epoch(5, start: 0, end: 0, warmup: 2), .. Epoch(5, start: 0, end: 0)]);

        Assert.Equal((10, 8), (measurement.Steps, measurement.Metrics()[MetricKeys.MeasuredSteps]));
        Assert.Equal(160, measurement.Metrics()[MetricKeys.EpochSamplesPerSecond], 6);
    }

    [Fact]
    public void Batches_are_steps_where_nothing_ever_trains()
    {
        var metrics = Measure(warmup: 1, Batches(4));

        Assert.Equal(8 / 0.01, metrics[MetricKeys.SamplesPerSecond], 6);
        Assert.Equal(3, metrics[MetricKeys.MeasuredSteps]);
    }

    [Fact]
    public void Batches_before_the_training_are_no_steps()
    {
        var measurement = new StepMeasurement(0);
        measurement.Add([.. Batches(100), new PhaseEvent(PhaseNames.Evidence, new Dictionary<string, string>(), _now), .. Steps(3)]);

        Assert.Equal((3, 160), (measurement.Steps, Math.Round(measurement.Metrics()[MetricKeys.SamplesPerSecond], 6)));
    }

    [Fact]
    public void Batches_that_were_loaded_before_anything_trained_on_them_measure_nothing()
    {
        var metrics = Measure(warmup: 0, [.. Batches(100), new PhaseEvent(PhaseNames.Evidence, new Dictionary<string, string>(), _now)]);

        Assert.DoesNotContain(MetricKeys.SamplesPerSecond, metrics.Keys);
    }

    [Fact]
    public void Steps_whose_samples_nobody_knows_have_no_rate()
    {
        Assert.DoesNotContain(MetricKeys.SamplesPerSecond, Measure(0, Steps(5, samples: 0)).Keys);
        Assert.Equal(160, Measure(0, [.. Steps(5, samples: 0), .. Steps(5)])[MetricKeys.SamplesPerSecond], 6);
    }

    private static Dictionary<string, double> Measure(int warmup, IEnumerable<TrialEvent> events)
    {
        var measurement = new StepMeasurement(warmup);
        measurement.Add(events);
        return measurement.Metrics();
    }

    private static PhaseEvent Trains() => new(PhaseNames.Trains, new Dictionary<string, string> { ["loader"] = "0" }, 1000);

    private static List<TrialEvent> Batches(int count) => [.. Enumerable.Range(1, count).Select(batch => new BatchEvent(batch, 8, 0.009, 0.01, null))];

    private List<TrialEvent> Steps(int count, int samples = 16) => [.. Enumerable.Range(0, count).Select(_ => new StepEvent(++_step, samples, 0.01, 0.1, _now += 0.1))];

    /// <summary>Steps of 0.1 s; warm-up steps take 2 s more.</summary>
    private List<TrialEvent> Epoch(int steps, double start, double end, double aside = 0, int warmup = 0, string reason = "end")
    {
        var begun = _now;
        var events = new List<TrialEvent>();
        for (var index = 0; index < steps; index++)
        {
            var more = (index == 0 ? start : 0) + (index < warmup ? 2 : 0);
            _now += 0.1 + more;
            events.Add(new StepEvent(++_step, 16, 0.01 + (index == 0 ? start : 0), 0.1 + more, _now));
        }

        _now += end + aside;
        events.Add(new PhaseEvent(PhaseNames.Epoch, new Dictionary<string, string>
        {
            ["loader"] = "0", ["reason"] = reason, ["wall_s"] = Text(_now - begun), ["start_s"] = Text(start + 0.01), ["aside_s"] = Text(aside),
        }, _now));
        return events;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
