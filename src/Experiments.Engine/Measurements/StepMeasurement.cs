using System.Globalization;
using Experiments.Core.Events;
using Experiments.Core.Results;

namespace Experiments.Engine.Measurements;

/// <summary>Gathers a trial's events and turns them into metrics. Pure.</summary>
/// <param name="warmupSteps">Steps at the start that are not measured.</param>
internal sealed class StepMeasurement(int warmupSteps)
{
    private readonly List<StepEvent> _measured = [];
    private readonly Dictionary<string, double> _reported = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _roles = [];
    private double? _asked;
    private double? _firstBatch;

    /// <summary>The steps after warm-up.</summary>
    internal IReadOnlyList<StepEvent> Measured => _measured;

    /// <summary>What processes are in the trial, as it told: <c>worker 0</c>, …</summary>
    internal IReadOnlyDictionary<int, string> Roles => _roles;

    /// <summary>All steps that were reported, warm-up included.</summary>
    internal int Steps { get; private set; }

    /// <summary>Takes events, in order.</summary>
    /// <param name="events">The events.</param>
    internal void Add(IEnumerable<TrialEvent> events)
    {
        foreach (var value in events)
        {
            switch (value)
            {
                case StepEvent step:
                    Steps++;
                    if (step.Step > warmupSteps && step.StepSeconds > 0)
                        _measured.Add(step);
                    break;
                case MetricEvent metric:
                    _reported[metric.Name] = metric.Value;
                    break;
                case PhaseEvent { Name: PhaseNames.Processes } phase when phase.Details.TryGetValue("workers", out var workers):
                    foreach (var (worker, index) in workers.Split(['[', ',', ' ', ']'], StringSplitOptions.RemoveEmptyEntries).Select((worker, index) => (worker, index)))
                        if (int.TryParse(worker, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                            _roles[id] = string.Create(CultureInfo.InvariantCulture, $"worker {index}");
                    break;
                case PhaseEvent { Name: PhaseNames.Load }:
                    _asked = value.Time;
                    break;
                case PhaseEvent { Name: PhaseNames.Start }:
                    _asked ??= value.Time;
                    break;
                case PhaseEvent { Name: PhaseNames.FirstBatch }:
                    _firstBatch ??= value.Time;
                    break;
            }
        }
    }

    /// <summary>The metrics: what the trial reported itself (the last value of each), overruled by what its steps tell.</summary>
    internal Dictionary<string, double> Metrics()
    {
        var metrics = new Dictionary<string, double>(_reported, StringComparer.Ordinal);
        if (_firstBatch - _asked is >= 0 and { } seconds)
            metrics[MetricKeys.TimeToFirstBatchMilliseconds] = 1000 * seconds;
        if (_measured.Count == 0)
            return metrics;
        var total = _measured.Sum(step => step.StepSeconds);
        metrics[MetricKeys.SamplesPerSecond] = _measured.Sum(step => (double)step.Samples) / total;
        metrics[MetricKeys.WaitFraction] = Math.Clamp(_measured.Sum(step => step.WaitSeconds) / total, 0, 1);
        AddPercentiles(metrics, _measured.Select(step => step.StepSeconds), MetricKeys.StepMillisecondsP50, MetricKeys.StepMillisecondsP95);
        AddPercentiles(metrics, _measured.Select(step => step.WaitSeconds), MetricKeys.WaitMillisecondsP50, MetricKeys.WaitMillisecondsP95);
        return metrics;
    }

    private static void AddPercentiles(Dictionary<string, double> metrics, IEnumerable<double> seconds, string median, string high)
    {
        var sorted = seconds.Order().ToList();
        metrics[median] = 1000 * Percentile.Of(sorted, 0.5);
        metrics[high] = 1000 * Percentile.Of(sorted, 0.95);
    }
}
