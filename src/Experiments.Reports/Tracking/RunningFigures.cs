using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Mlflow.Entities;

namespace Experiments.Reports.Tracking;

/// <summary>
/// Throughput and share of waiting of a trial so far, under the keys of its result, which takes their place at its end. They are said at the first
/// measured step, at the second, the fourth, the eighth: each as good as all before together. Their step is 0, for pages draw a metric without steps as a bar.
/// </summary>
/// <param name="warmupSteps">Steps that are not measured.</param>
internal sealed class RunningFigures(int warmupSteps)
{
    private long measured;
    private double samples;
    private double seconds;
    private double waitSeconds;

    /// <summary>The latest time of a point; 0: there was none.</summary>
    public long LatestTimeMs { get; private set; }

    /// <summary>What there is to say at a step; mostly nothing.</summary>
    public IReadOnlyList<MetricPoint> Points(StepEvent step, long timeMs)
    {
        if (step.Step <= warmupSteps || step.StepSeconds <= 0)
            return [];
        (samples, seconds, waitSeconds) = (samples + step.Samples, seconds + step.StepSeconds, waitSeconds + step.WaitSeconds);
        if (!long.IsPow2(++measured) || samples <= 0)
            return [];
        LatestTimeMs = Math.Max(timeMs, LatestTimeMs + 1);
        return
        [
            new MetricPoint(MetricKeys.SamplesPerSecond, MetricOrder.Rounded(samples / seconds), LatestTimeMs),
            new MetricPoint(MetricKeys.WaitFraction, MetricOrder.Rounded(Math.Clamp(waitSeconds / seconds, 0, 1)), LatestTimeMs),
        ];
    }
}
