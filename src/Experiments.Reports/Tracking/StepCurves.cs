using Experiments.Core.Events;
using Experiments.Mlflow.Entities;

namespace Experiments.Reports.Tracking;

/// <summary>
/// The curves of a trial: each step's throughput, wait and time under <c>steps/</c>, and what the training reports under its own keys.
/// Points depend on the events alone, so that recording them again changes nothing.
/// </summary>
internal sealed class StepCurves(DateTimeOffset fallbackTime)
{
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>Whether the training itself reported a curve of this key.</summary>
    public bool Has(string key) => reported.Contains(key);

    /// <summary>The points of the events.</summary>
    public IReadOnlyList<MetricPoint> Points(IEnumerable<TrialEvent> events) => [.. events.SelectMany(Points)];

    private IEnumerable<MetricPoint> Points(TrialEvent value) => value switch
    {
        StepEvent step => Points(step),
        MetricEvent metric => [Point(metric)],
        _ => [],
    };

    private IEnumerable<MetricPoint> Points(StepEvent step)
    {
        var time = Milliseconds(step.Time, step.Step);
        if (step.StepSeconds > 0)
            yield return new MetricPoint("steps/samples_per_second", step.Samples / step.StepSeconds, time, step.Step);
        yield return new MetricPoint("steps/step_ms", step.StepSeconds * 1000, time, step.Step);
        yield return new MetricPoint("steps/wait_ms", step.WaitSeconds * 1000, time, step.Step);
    }

    private MetricPoint Point(MetricEvent metric)
    {
        var key = RunNames.Key(metric.Name);
        reported.Add(key);
        var step = metric.Step ?? (counts[key] = counts.GetValueOrDefault(key) + 1);
        return new MetricPoint(key, metric.Value, Milliseconds(metric.Time, step), step);
    }

    /// <summary>The event's own time, else one that follows from its step.</summary>
    private long Milliseconds(double? seconds, int step) =>
        seconds is > 0 and < 253402300800 ? (long)(seconds.Value * 1000) : fallbackTime.ToUnixTimeMilliseconds() + step;
}
