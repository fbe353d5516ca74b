using Experiments.Core.Events;

namespace Experiments.Engine.Measurements;

/// <summary>How fast memory grows over the measured steps.</summary>
internal static class MemoryGrowth
{
    /// <summary>Parts into which the steps are cut: one median each. Neighbouring readings know of each other, distant medians hardly.</summary>
    private const int Parts = 10;

    /// <summary>With fewer places even a row that only rises is not significant.</summary>
    private const int FewestParts = 6;

    /// <summary>Chance that growth is beyond either end of its interval.</summary>
    private const double Level = 0.005;

    /// <summary>Bytes a step; null when there are too few samples or the steps carry no time.</summary>
    /// <param name="steps">The measured steps, in order.</param>
    /// <param name="series">Memory over Unix time, in order.</param>
    internal static double? BytesPerStep(IReadOnlyList<StepEvent> steps, IReadOnlyList<(double Seconds, long Bytes)> series) => Of(steps, series)?.BytesPerStep;

    /// <summary>
    /// Growth by the Theil–Sen slope, with Sen's exact interval. A leak lasts to the end: where the second half grows less than the whole, as on the way to a
    /// plateau, the second half counts.
    /// </summary>
    /// <param name="steps">The measured steps, in order.</param>
    /// <param name="series">Memory over Unix time, in order.</param>
    /// <returns>Null when there are too few samples or the steps carry no time.</returns>
    internal static GrowthEstimate? Of(IReadOnlyList<StepEvent> steps, IReadOnlyList<(double Seconds, long Bytes)> series)
    {
        var points = Medians(Placed([.. steps.Where(step => step.Time is not null)], series));
        if (points.Length < FewestParts)
            return null;
        var (slope, low, high) = TheilSen.Interval(points, Level)!.Value;
        return new GrowthEstimate(Math.Min(slope, TheilSen.Slope(points[(points.Length / 2)..])!.Value), low, high);
    }

    /// <summary>The readings during the measured steps, by the step that they fell into.</summary>
    private static List<(double Step, double Bytes)> Placed(List<StepEvent> timed, IReadOnlyList<(double Seconds, long Bytes)> series)
    {
        var points = new List<(double Step, double Bytes)>();
        if (timed.Count < 2)
            return points;
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

        return points;
    }

    private static (double Step, double Bytes)[] Medians(List<(double Step, double Bytes)> points)
    {
        if (points.Count == 0)
            return [];
        var (first, last) = (points[0].Step, points[^1].Step);
        return [.. points.GroupBy(point => last > first ? Math.Min(Parts - 1, (int)(Parts * (point.Step - first) / (last - first))) : 0)
            .Select(part => (Median(part.Select(point => point.Step)), Median(part.Select(point => point.Bytes))))];
    }

    private static double Median(IEnumerable<double> values) => Percentile.Of([.. values.Order()], 0.5);
}
