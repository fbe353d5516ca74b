using Experiments.Core.Events;
using Experiments.Core.Results;

namespace Experiments.Engine.Measurements;

/// <summary>Steps and their sums, in bounded memory. Pure.</summary>
internal sealed class MeasuredSteps
{
    /// <summary>Steps that are kept one by one; of more, every second, fourth, …</summary>
    private const int MostKept = 1 << 17;

    private readonly List<StepEvent> _kept = [];
    private double _waitSeconds;
    private double _countedSeconds;
    private int _stride = 1;

    /// <summary>The steps, or an even choice of them where they are very many.</summary>
    internal IReadOnlyList<StepEvent> Kept => _kept;

    /// <summary>How many there were.</summary>
    internal long Count { get; private set; }

    /// <summary>Their time together.</summary>
    internal double Seconds { get; private set; }

    /// <summary>Their samples together, as far as they are known.</summary>
    internal double Samples { get; private set; }

    /// <summary>Takes a step.</summary>
    /// <param name="step">The step; its time is above 0.</param>
    internal void Add(StepEvent step)
    {
        (Samples, Seconds, _waitSeconds) = (Samples + step.Samples, Seconds + step.StepSeconds, _waitSeconds + step.WaitSeconds);
        _countedSeconds += step.Samples > 0 ? step.StepSeconds : 0; // nobody knows what the others held
        if (Count++ % _stride != 0)
            return;
        if (_kept.Count == MostKept)
        {
            for (var index = 0; index < MostKept / 2; index++)
                _kept[index] = _kept[2 * index];
            _kept.RemoveRange(MostKept / 2, MostKept / 2);
            _stride *= 2;
        }

        _kept.Add(step);
    }

    /// <summary>Adds what the steps tell: no rate where nobody knows their samples.</summary>
    /// <param name="metrics">The metrics.</param>
    internal void AddTo(Dictionary<string, double> metrics)
    {
        metrics[MetricKeys.MeasuredSteps] = Count;
        metrics[MetricKeys.MeasuredSeconds] = Seconds;
        if (_countedSeconds > 0)
            metrics[MetricKeys.SamplesPerSecond] = Samples / _countedSeconds;
        metrics[MetricKeys.WaitFraction] = Math.Clamp(_waitSeconds / Seconds, 0, 1);
        AddPercentiles(metrics, step => step.StepSeconds, MetricKeys.StepMillisecondsP50, MetricKeys.StepMillisecondsP95);
        AddPercentiles(metrics, step => step.WaitSeconds, MetricKeys.WaitMillisecondsP50, MetricKeys.WaitMillisecondsP95);
    }

    private void AddPercentiles(Dictionary<string, double> metrics, Func<StepEvent, double> seconds, string median, string high)
    {
        var sorted = _kept.Select(seconds).Order().ToList();
        metrics[median] = 1000 * Percentile.Of(sorted, 0.5);
        metrics[high] = 1000 * Percentile.Of(sorted, 0.95);
    }
}
