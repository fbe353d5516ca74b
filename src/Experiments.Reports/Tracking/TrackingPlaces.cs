using Experiments.Core.Results;
using Experiments.Mlflow;

namespace Experiments.Reports.Tracking;

/// <summary>The lines that say where a sweep's runs are seen.</summary>
internal static class TrackingPlaces
{
    public static IReadOnlyList<string> Of(string trackingUri, SweepRuns runs, SweepReport? report)
    {
        var address = StoreAddress.WithoutCredentials(trackingUri);
        if (!StoreAddress.IsServer(address))
            return [$"MLflow: mlflow ui --backend-store-uri {address}"];
        if (runs.Outbox.ExperimentId is not { } experimentId)
            return [$"MLflow: {address}"]; // it has not answered
        var best = report is null ? [] : Best(report).Select(trial => runs.FindRunId(trial.TrialId)).OfType<string>().ToList();
        return best.Count switch
        {
            0 => [$"MLflow: {MlflowLinks.Runs(address, experimentId)}"],
            1 => [$"MLflow: {MlflowLinks.Runs(address, experimentId)}", $"Best configuration: {MlflowLinks.Run(address, experimentId, best[0])}"],
            _ => [$"MLflow: {MlflowLinks.Runs(address, experimentId)}", $"Best configurations compared: {MlflowLinks.Compare(address, experimentId, best)}"],
        };
    }

    /// <summary>Of each dataset the recommended configuration's trial with the median throughput.</summary>
    private static IEnumerable<TrialResult> Best(SweepReport report)
    {
        foreach (var advice in report.Assessment.Advice)
        {
            var trials = report.Sweep.Trials.Where(trial => trial.IsMeasured && trial.Configuration.Id == advice.Configuration?.Id)
                .OrderBy(trial => trial.Metric(MetricKeys.SamplesPerSecond)).ToList();
            if (trials.Count > 0)
                yield return trials[(trials.Count - 1) / 2];
        }
    }
}
