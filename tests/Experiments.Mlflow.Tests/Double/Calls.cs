using System.Text.Json.Nodes;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>Finds the one who answers a call.</summary>
internal static class Calls
{
    public static JsonObject Answer(string call, ProtoMessage request, ServerState state, MlflowVersion version)
    {
        var experiments = new ExperimentCalls(state, version);
        var runs = new RunCalls(state, version);
        var logging = new LoggingCalls(state, version);
        return call switch
        {
            "experiments/create" => experiments.Create(request),
            "experiments/get" => experiments.Get(request),
            "experiments/get-by-name" => experiments.GetByName(request),
            "experiments/search" => experiments.Search(request),
            "experiments/update" => experiments.Update(request),
            "experiments/delete" => experiments.SetStage(request, "deleted"),
            "experiments/restore" => experiments.SetStage(request, "active"),
            "experiments/set-experiment-tag" => experiments.SetTag(request),
            "experiments/search-datasets" => experiments.SearchDatasets(request),
            "runs/create" => runs.Create(request),
            "runs/get" => runs.Get(request),
            "runs/update" => runs.Update(request),
            "runs/search" => new RunSearchCall(state, version).Search(request),
            "runs/delete" => runs.SetStage(request, "deleted"),
            "runs/restore" => runs.SetStage(request, "active"),
            "runs/delete-tag" => runs.DeleteTag(request),
            "runs/log-inputs" => runs.LogInputs(request),
            "runs/log-metric" => logging.LogMetric(request),
            "runs/log-parameter" => logging.LogParam(request),
            "runs/set-tag" => logging.SetTag(request),
            "runs/log-batch" => logging.LogBatch(request),
            "metrics/get-history" => logging.History(request),
            "metrics/get-history-bulk-interval" => logging.HistoryBulk(request.Texts("run_ids"), request.Text("metric_key"), byStep: true),
            "artifacts/list" => ArtifactCalls.List(request, state),
            _ => throw new InvalidOperationException(call),
        };
    }
}
