using Experiments.Core.Events;

namespace Experiments.Engine.Measurements;

/// <summary>How fast memory grows over the measured steps.</summary>
internal static class MemoryGrowth
{
    private const int FewestPoints = 10;

    /// <summary>Bytes a step, by the Theil–Sen slope; null when there are too few samples or the steps carry no time.</summary>
    /// <param name="steps">The measured steps, in order.</param>
    /// <param name="series">Memory over Unix time, in order.</param>
    internal static double? BytesPerStep(IReadOnlyList<StepEvent> steps, IReadOnlyList<(double Seconds, long Bytes)> series)
    {
        var timed = steps.Where(step => step.Time is not null).ToList();
        if (timed.Count < FewestPoints)
            return null;
        var points = new List<(double Step, double Bytes)>();
        var next = 1;
        foreach (var (seconds, bytes) in series)
        {
            if (seconds < timed[0].Time || seconds > timed[^1].Time)
                continue;
            while (next < timed.Count - 1 && timed[next].Time < seconds)
                next++;
            var (before, after) = (timed[next - 1], timed[next]);
            var span = after.Time!.Value - before.Time!.Value;
            var part = span > 0 ? (seconds - before.Time.Value) / span : 0;
            points.Add((before.Step + (part * (after.Step - before.Step)), bytes));
        }

        return points.Count < FewestPoints ? null : TheilSen.Slope(points);
    }
}
