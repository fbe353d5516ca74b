using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Mlflow;

namespace Experiments.Reports.Tracking;

/// <summary>The lines that say where a sweep's runs are seen.</summary>
internal static class TrackingPlaces
{
    /// <summary>Where <c>mlflow ui</c> is, unless it is told otherwise.</summary>
    private const string LocalServer = "http://127.0.0.1:5000";

    /// <summary>MLflow's compare page shows no more, and an address should fit a terminal's buffer.</summary>
    private const int MostCompared = 20;

    /// <param name="trackingUri">The store's address.</param>
    /// <param name="experimentId">The MLflow experiment; null: the store has not answered.</param>
    /// <param name="report">The report; null: the sweep has not ended.</param>
    /// <param name="runIdOf">The run of a trial by its id, or null.</param>
    public static IReadOnlyList<string> Of(string trackingUri, string? experimentId, SweepReport? report, Func<string, string?> runIdOf)
    {
        var address = StoreAddress.WithoutCredentials(trackingUri);
        var isServer = StoreAddress.IsServer(address);
        if (experimentId is null)
            return [isServer ? $"MLflow: {address}" : $"MLflow: {Command(address)}"];
        var server = isServer ? address : LocalServer;
        var configurations = MlflowLinks.View(server, experimentId, SharedViews.Configurations);
        return
        [
            isServer ? $"MLflow: {configurations}" : $"MLflow: {Command(address)}",
            .. isServer ? [] : new[] { $"  its configurations then: {configurations}" },
            $"  all trials: {MlflowLinks.View(server, experimentId, SharedViews.Trials)}",
            $"  charts: {MlflowLinks.Charts(server, experimentId, SharedViews.Charts)}",
            .. report is null ? [] : Comparisons(report, runIdOf).Select(one => $"  {VisibleText.Of(one.Dataset ?? "configurations")} compared: {MlflowLinks.Compare(server, experimentId, one.RunIds)}"),
        ];
    }

    private static string Command(string address) => $"mlflow ui --backend-store-uri {address}";

    /// <summary>Of each dataset its configurations, the fastest first, where there are several: of each the trial with the middle throughput.</summary>
    private static IEnumerable<(string? Dataset, IReadOnlyList<string> RunIds)> Comparisons(SweepReport report, Func<string, string?> runIdOf) => report.Sweep.Trials
        .Where(trial => trial.IsMeasured && trial.Metric(MetricKeys.SamplesPerSecond) is not null)
        .GroupBy(trial => trial.Configuration.Id).Select(Middle).OrderByDescending(trial => trial.Metric(MetricKeys.SamplesPerSecond))
        .GroupBy(trial => trial.Configuration.Dataset)
        .Select(dataset => (dataset.Key, (IReadOnlyList<string>)[.. dataset.Take(MostCompared).Select(trial => runIdOf(trial.TrialId)).OfType<string>()]))
        .Where(dataset => dataset.Item2.Count > 1).OrderBy(dataset => dataset.Key, StringComparer.Ordinal);

    private static TrialResult Middle(IEnumerable<TrialResult> trials)
    {
        var sorted = trials.OrderBy(trial => trial.Metric(MetricKeys.SamplesPerSecond)).ToList();
        return sorted[(sorted.Count - 1) / 2];
    }
}
