using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Mlflow.Entities;

namespace Experiments.Reports.Tracking;

/// <summary>
/// The curves of a trial: each step's throughput, wait and time under <c>steps/</c>, and what the training reports under its own keys. Before all others
/// goes the throughput so far, see <see cref="RunningFigures"/>: what comes before it is held back, for a while.
/// Points depend on the events alone, so that recording them again changes nothing. Of a curve's first 10,000 points all are kept, then every
/// tenth up to 100,000, every hundredth up to a million, and so on: a page shows no more, and a store should not have to hold it.
/// </summary>
internal sealed class StepCurves(DateTimeOffset fallbackTime, int warmupSteps = 0)
{
    private const int MostWhole = 10_000;
    private const int MostKeys = 1000;
    private const int MostHeld = 1000;

    private readonly Dictionary<string, long> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly RunningFigures running = new(warmupSteps);
    private List<MetricPoint>? held = [];

    /// <summary>Whether the training has begun to train, as far as its events tell.</summary>
    public bool HasSteps { get; private set; }

    /// <summary>A time that no figure of the course of the trial is later than.</summary>
    public long LatestTimeMs => running.LatestTimeMs;

    /// <summary>Whether the training itself reported a curve of this key.</summary>
    public bool Has(string key) => reported.Contains(key);

    /// <summary>The points of the events.</summary>
    public IReadOnlyList<MetricPoint> Points(IEnumerable<TrialEvent> events) => [.. events.SelectMany(InOrder)];

    /// <summary>What was held back: the trial has ended.</summary>
    public IReadOnlyList<MetricPoint> Rest() => Released();

    private IReadOnlyList<MetricPoint> InOrder(TrialEvent value)
    {
        var first = value is StepEvent step && !reported.Contains(MetricKeys.SamplesPerSecond) ? running.Points(step, Milliseconds(step.Time, step.Step)) : [];
        var points = Points(value);
        if (held is null)
            return [.. first, .. points];
        held.AddRange(points);
        return first.Count > 0 || held.Count >= MostHeld ? [.. first, .. Released()] : [];
    }

    private List<MetricPoint> Released()
    {
        var points = held ?? [];
        held = null;
        return points;
    }

    private IEnumerable<MetricPoint> Points(TrialEvent value)
    {
        HasSteps |= value is StepEvent;
        return value switch
        {
            StepEvent step when Keeps("") => Points(step),
            MetricEvent metric when Keeps(metric.Name) => [Point(metric)],
            _ => [],
        };
    }

    private bool Keeps(string curve)
    {
        if (!seen.TryGetValue(curve, out var count) && seen.Count >= MostKeys)
            return false;
        seen[curve] = ++count;
        var stride = 1L;
        while (count > stride * MostWhole)
            stride *= 10;
        return count % stride == 0;
    }

    private IEnumerable<MetricPoint> Points(StepEvent step)
    {
        var time = Milliseconds(step.Time, step.Step);
        if (step.StepSeconds > 0)
            yield return new MetricPoint("steps/samples_per_second", MetricOrder.Rounded(step.Samples / step.StepSeconds), time, step.Step);
        yield return new MetricPoint("steps/step_ms", MetricOrder.Rounded(step.StepSeconds * 1000), time, step.Step);
        yield return new MetricPoint("steps/wait_ms", MetricOrder.Rounded(step.WaitSeconds * 1000), time, step.Step);
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
