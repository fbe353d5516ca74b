using System.Globalization;
using Experiments.Core.Events;
using Experiments.Core.Results;

namespace Experiments.Engine.Measurements;

/// <summary>What whole epochs of the training loader took, the start and the end of its workers included. Pure.</summary>
/// <param name="warmupSteps">Steps at the start that are not measured.</param>
internal sealed class EpochMeasurement(int warmupSteps)
{
    /// <summary>Share of a broken-off epoch that may lie between its last step and its end: beyond it, the script did something else.</summary>
    private const double MostAfterLastStep = 0.2;

    private readonly MeasuredSteps _inner = new(); // measured, and not the first of an epoch
    private Epoch _open = new();
    private Totals _warm = new(0, 0, 0);
    private Totals _cold = new(0, 0, 0); // with warm-up steps in them, whose time is left out
    private (long Steps, double StartSeconds, int Starts) _left;
    private string? _loader;
    private int _longest; // steps of a whole epoch

    /// <summary>Takes a step.</summary>
    /// <param name="step">The step.</param>
    internal void Add(StepEvent step)
    {
        if (_open.First is not null && step.Step > warmupSteps && step.StepSeconds > 0)
            _inner.Add(step);
        _open = _open.With(step, isWarmup: step.Step <= warmupSteps);
    }

    /// <summary>Takes a phase; those of other kinds are skipped.</summary>
    /// <param name="phase">The phase.</param>
    internal void Add(PhaseEvent phase)
    {
        if (phase.Name == PhaseNames.Trains)
            _loader ??= phase.Details.GetValueOrDefault("loader");
        var loader = phase.Details.GetValueOrDefault("first") ?? phase.Details.GetValueOrDefault("loader"); // the first of those made anew in its place
        if (phase.Name != PhaseNames.Epoch || _loader is null || loader != _loader || _open.First is null)
            return;
        var epoch = _open;
        _open = new Epoch();
        var seconds = Seconds(phase, "wall_s") - Seconds(phase, "aside_s");
        var isWhole = phase.Details.GetValueOrDefault("reason") switch
        {
            "end" => true,
            "dropped" => phase.Time - epoch.LastTime <= MostAfterLastStep * seconds,
            _ => false,
        };
        if (!isWhole || !(seconds > epoch.WarmupSeconds) || epoch.Samples <= 0)
            return;
        _longest = Math.Max(_longest, epoch.Steps);
        if (epoch.WarmupSteps == 0)
        {
            _warm = _warm.With(epoch.Samples, seconds);
            return;
        }

        _cold = _cold.With(epoch.Samples, seconds - epoch.WarmupSeconds);
        _left = (_left.Steps + epoch.WarmupSteps, _left.StartSeconds + Seconds(phase, "start_s"), _left.Starts + 1);
    }

    /// <summary>
    /// Adds the metrics of whole epochs, if there were any: of those after warm-up where there are some, else of the first ones, their warm-up steps taken at the usual time.
    /// </summary>
    /// <param name="metrics">What is known so far; has the rate of the measured steps.</param>
    /// <param name="measured">The measured steps.</param>
    internal void AddTo(Dictionary<string, double> metrics, MeasuredSteps measured)
    {
        if (_open.Steps > _longest)
            return; // the training goes on without that loader: from memory, or with another one
        var usual = _inner.Count > 0 ? _inner : measured;
        var epochs = _warm.Count > 0 || _cold.Count == 0 ? _warm : _cold with { Seconds = _cold.Seconds + WarmupAtUsualTime(usual.Kept) };
        if (epochs.Count == 0 || !metrics.ContainsKey(MetricKeys.SamplesPerSecond))
            return;
        var rate = usual.Samples / usual.Seconds;
        metrics[MetricKeys.EpochSamples] = epochs.Samples / epochs.Count;
        metrics[MetricKeys.EpochSamplesPerSecond] = epochs.Samples / epochs.Seconds;
        metrics[MetricKeys.EpochOverheadSeconds] = Math.Max(0, epochs.Seconds - (epochs.Samples / rate)) / epochs.Count;
    }

    private double WarmupAtUsualTime(IReadOnlyList<StepEvent> steps) =>
        (_left.Steps * Median(steps, step => step.StepSeconds)) + Math.Max(0, _left.StartSeconds - (_left.Starts * Median(steps, step => step.WaitSeconds)));

    private static double Median(IReadOnlyList<StepEvent> steps, Func<StepEvent, double> seconds) => Percentile.Of(steps.Select(seconds).Order().ToList(), 0.5);

    private static double Seconds(PhaseEvent phase, string name) =>
        double.TryParse(phase.Details.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    private sealed record Totals(int Count, double Samples, double Seconds)
    {
        public Totals With(double samples, double seconds) => new(Count + 1, Samples + samples, Seconds + seconds);
    }

    private sealed record Epoch
    {
        public StepEvent? First { get; private init; }

        public int Steps { get; private init; }

        public double Samples { get; private init; }

        public double? LastTime { get; private init; }

        public int WarmupSteps { get; private init; }

        public double WarmupSeconds { get; private init; }

        public Epoch With(StepEvent step, bool isWarmup) => new()
        {
            First = First ?? step,
            Steps = Steps + 1,
            Samples = Samples + step.Samples,
            LastTime = step.Time,
            WarmupSteps = WarmupSteps + (isWarmup ? 1 : 0),
            WarmupSeconds = WarmupSeconds + (isWarmup ? step.StepSeconds : 0),
        };
    }
}
