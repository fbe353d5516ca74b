using Experiments.Analysis.Statistics;
using Perfolizer.Mathematics.Cpd;

namespace Experiments.Analysis.History;

/// <summary>Finds lasting changes and slow drift in a history of nightly results.</summary>
public static class Trend
{
    /// <summary>Nights that a level must last: fewer are an episode, not a level.</summary>
    public const int LeastNights = 5;

    private const double Level = 0.001;

    /// <summary>
    /// What moved the history for good. Steps fit a slow slope too, and a slope fits a step: the one that needs less to say as much is kept
    /// (Schwarz, Estimating the dimension of a model, 1978).
    /// </summary>
    /// <param name="history">Points in the order of time.</param>
    /// <param name="family">How many histories are looked at together; the chance of a false finding is shared among them.</param>
    public static (IReadOnlyList<ChangePoint> Changes, Drift? Drift) Explain(IReadOnlyList<HistoryPoint> history, int family = 1)
    {
        var changes = ChangePoints(history, family);
        var drift = Drift(history, family);
        if (drift is null || changes.Count == 0)
            return (changes, drift);
        var logs = history.Select(point => Math.Log(point.Value)).ToArray();
        var slope = Math.Log(1 + drift.ChangePercent / 100) / (logs.Length - 1);
        var line = Residuals([.. logs.Select((log, night) => log - slope * night)]);
        var starts = changes.Select(change => history.ToList().IndexOf(change.After)).Prepend(0).ToArray();
        var steps = starts.Select((start, at) => Residuals(logs[start..(at + 1 < starts.Length ? starts[at + 1] : logs.Length)])).Sum();
        return Criterion(line, 2) < Criterion(steps, 2 * changes.Count + 1) ? ([], drift) : (changes, null);

        double Criterion(double residuals, int parameters) => logs.Length * Math.Log(Math.Max(residuals, 1e-12)) + parameters * Math.Log(logs.Length);
    }

    /// <summary>
    /// Change points by ED-PELT on logarithms, each kept only where the levels beside it differ significantly: the detector alone also
    /// splits unchanged series. Source: Haynes, Fearnhead and Eckley, A computationally efficient nonparametric approach for changepoint
    /// detection, 2017; the implementation is Perfolizer's.
    /// </summary>
    /// <param name="history">Points in the order of time.</param>
    /// <param name="family">How many histories are looked at together.</param>
    public static IReadOnlyList<ChangePoint> ChangePoints(IReadOnlyList<HistoryPoint> history, int family = 1)
    {
        if (history.Count < 2 * LeastNights)
            return [];
        var logs = history.Select(point => Math.Log(point.Value)).ToArray();
        var cuts = EdPeltChangePointDetector.Instance.GetChangePointIndexes(logs, LeastNights).Select(index => index + 1).ToList();
        for (; ; )
        {
            // The weakest cut goes first; its neighbours are then judged over longer levels.
            var weakest = cuts.Select((cut, at) => (at, PValue: PValue(logs, cuts, at))).Where(one => one.PValue > Level / family).OrderByDescending(one => one.PValue).ToArray();
            if (weakest.Length == 0)
                break;
            cuts.RemoveAt(weakest[0].at);
        }

        return [.. cuts.Select((cut, at) => new ChangePoint(
            history[cut - 1], history[cut], Percent(Median(logs, cuts, at + 1) - Median(logs, cuts, at)), Percent(Median(logs, cuts, cuts.Count) - Median(logs, cuts, at)), PValue(logs, cuts, at)))];
    }

    /// <summary>
    /// Slow drift: the Theil–Sen slope over the nights, kept where Kendall's correlation with time is significant.
    /// Sources: Sen, Estimates of the regression coefficient based on Kendall's tau, 1968; Mann, Nonparametric tests against trend, 1945.
    /// </summary>
    /// <param name="history">Points in the order of time.</param>
    /// <param name="family">How many histories are looked at together.</param>
    /// <returns>Null when there is none, or too little history to see one.</returns>
    public static Drift? Drift(IReadOnlyList<HistoryPoint> history, int family = 1)
    {
        if (history.Count < 2 * LeastNights)
            return null;
        var logs = history.Select(point => Math.Log(point.Value)).ToArray();
        var slopes = new List<double>(logs.Length * (logs.Length - 1) / 2);
        var concordance = 0;
        for (var i = 0; i < logs.Length; i++)
            for (var j = i + 1; j < logs.Length; j++)
            {
                slopes.Add((logs[j] - logs[i]) / (j - i));
                concordance += Math.Sign(logs[j] - logs[i]);
            }

        var variance = logs.Length * (logs.Length - 1.0) * (2 * logs.Length + 5) / 18;
        var z = (Math.Abs(concordance) - 1) / Math.Sqrt(variance);
        var p = concordance == 0 ? 1 : Math.Min(1, 2 * StudentT.LowerTail(-z, double.PositiveInfinity));
        return p > Level / family ? null : new Drift(Percent(RobustLocation.Median(slopes) * (logs.Length - 1)), p);
    }

    private static double Residuals(double[] values) => values.Sum(value => (value - values.Average()) * (value - values.Average()));

    private static double Median(double[] logs, List<int> cuts, int segment) => RobustLocation.Median(Segment(logs, cuts, segment));

    private static double[] Segment(double[] logs, List<int> cuts, int segment) =>
        logs[(segment == 0 ? 0 : cuts[segment - 1])..(segment == cuts.Count ? logs.Length : cuts[segment])];

    private static double PValue(double[] logs, List<int> cuts, int at)
    {
        var (before, after) = (Segment(logs, cuts, at), Segment(logs, cuts, at + 1));
        var (first, second) = (MeanVariance(before), MeanVariance(after));
        if (first + second == 0)
            return Math.Abs(after.Average() - before.Average()) > 0 ? 0 : 1;
        var t = Math.Abs(after.Average() - before.Average()) / Math.Sqrt(first + second);
        var degrees = (first + second) * (first + second) / (first * first / Math.Max(1, before.Length - 1) + second * second / Math.Max(1, after.Length - 1));
        return 2 * StudentT.LowerTail(-t, degrees);
    }

    private static double MeanVariance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1) / values.Length;
    }

    private static double Percent(double log) => (Math.Exp(log) - 1) * 100;
}
