using System.Globalization;
using Experiments.Analysis.Baselines;
using Experiments.Analysis.History;
using Experiments.Analysis.Text;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>What the history lost for good: by a change that lasts, or by a drift too slow for any single night.</summary>
internal sealed class TrendGate
{
    private readonly GateContext context;
    private readonly DateOnly today;
    private readonly Dictionary<string, ConfigurationHistory> histories;

    /// <summary>Looks at the history with the present sweep as its last point.</summary>
    public TrendGate(SweepResult sweep, IEnumerable<PastSweep> past, GateContext context)
    {
        (this.context, today) = (context, DateOnly.FromDateTime(sweep.EndedAt.UtcDateTime));
        histories = context.Gates.Trend.MaxSlowdownPercent is null ? [] : SweepHistory
            .Of(past.Where(one => one.StartedAt < sweep.StartedAt && one.SweepId != sweep.SweepId).Append(BaselineFrom.Past(sweep, passed: false)), sweep.Machine.Id)
            .ToDictionary(history => history.Configuration.Id, StringComparer.Ordinal);
    }

    public IEnumerable<Finding> Check(Configuration configuration)
    {
        if (context.Gates.Trend.MaxSlowdownPercent is not { } most || !histories.TryGetValue(configuration.Id, out var history))
            yield break;
        // What has come back since is no loss any more.
        if (history.Changes.Where(change => change.ChangePercent < -most && change.SincePercent < -most).MinBy(change => change.SincePercent) is { } change)
            yield return Judge(
                $"throughput fell by {Quantity.Percent(-change.ChangePercent)} between {change.Before.Name} and {change.After.Name} and stayed there, more than {Quantity.Percent(most)}, at {configuration.Name}",
                KnownChanges.Of(change, context.Gates.Trend.Suppressions));
        if (history.Drift is { } drift && drift.ChangePercent < -most)
            yield return Judge(
                $"throughput drifted down by {Quantity.Percent(-drift.ChangePercent)} over {Quantity.Count(history.Points.Count, "sweep")} since {history.Points[0].Name}, more than {Quantity.Percent(most)}, at {configuration.Name}",
                KnownChanges.OfDrift(context.Gates.Trend.Suppressions));
    }

    private Finding Judge(string message, Suppression? known)
    {
        var position = context.PositionOf("trend.max_slowdown");
        return known is null ? new Finding(VerdictKind.Regressed, GateDiagnostics.Trend.Error(message, position))
            : known.Until < today ? new Finding(VerdictKind.Regressed, GateDiagnostics.Trend.Error($"{message}; it was suppressed until {Day(known.Until)} ({known.Reason})", position))
            : new Finding(VerdictKind.Pass, GateDiagnostics.Trend.Warning($"{message}; suppressed until {Day(known.Until)}: {known.Reason}", position));
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
