using static Experiments.Mlflow.Tests.Double.ProtoType;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>The requests that the double understands: the call, its method, its fields.</summary>
internal static class Requests
{
    private static readonly ProtoType KeyValue = Object(("key", Text), ("value", Text));
    private static readonly ProtoType View = OneOf("ACTIVE_ONLY", "DELETED_ONLY", "ALL");
    private static readonly ProtoType Metric = Object(("key", Text), ("value", Real), ("timestamp", Integer), ("step", Integer));

    private static readonly ProtoType Dataset = Object(
        ("name", Text), ("digest", Text), ("source_type", Text), ("source", Text), ("schema", Text), ("profile", Text));

    public static readonly Dictionary<string, (string Methods, Message Type)> All = new()
    {
        ["experiments/create"] = ("POST", Fields(("name", Text), ("artifact_location", Text), ("tags", KeyValue.Many))),
        ["experiments/get"] = ("GET", Fields(("experiment_id", Text))),
        ["experiments/get-by-name"] = ("GET", Fields(("experiment_name", Text))),
        ["experiments/search"] = ("GET POST", Fields(
            ("max_results", Integer), ("view_type", View), ("filter", Text), ("order_by", Text.Many), ("page_token", Text))),
        ["experiments/update"] = ("POST", Fields(("experiment_id", Text), ("new_name", Text))),
        ["experiments/delete"] = ("POST", Fields(("experiment_id", Text))),
        ["experiments/restore"] = ("POST", Fields(("experiment_id", Text))),
        ["experiments/set-experiment-tag"] = ("POST", Fields(("experiment_id", Text), ("key", Text), ("value", Text))),
        ["experiments/search-datasets"] = ("POST", Fields(("experiment_ids", Text.Many))),
        ["runs/create"] = ("POST", Fields(
            ("experiment_id", Text), ("user_id", Text), ("start_time", Integer), ("tags", KeyValue.Many), ("run_name", Text))),
        ["runs/get"] = ("GET", Fields(("run_id", Text), ("run_uuid", Text))),
        ["runs/update"] = ("POST", Fields(
            ("run_id", Text), ("run_uuid", Text), ("status", OneOf("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED")),
            ("end_time", Integer), ("run_name", Text))),
        ["runs/search"] = ("POST", Fields(
            ("experiment_ids", Text.Many), ("filter", Text), ("run_view_type", View), ("max_results", Integer), ("order_by", Text.Many),
            ("page_token", Text))),
        ["runs/delete"] = ("POST", Fields(("run_id", Text))),
        ["runs/restore"] = ("POST", Fields(("run_id", Text))),
        ["runs/log-metric"] = ("POST", Fields(
            ("run_id", Text), ("run_uuid", Text), ("key", Text), ("value", Real), ("timestamp", Integer), ("step", Integer))),
        ["runs/log-parameter"] = ("POST", Fields(("run_id", Text), ("run_uuid", Text), ("key", Text), ("value", Text))),
        ["runs/set-tag"] = ("POST", Fields(("run_id", Text), ("run_uuid", Text), ("key", Text), ("value", Text))),
        ["runs/delete-tag"] = ("POST", Fields(("run_id", Text), ("key", Text))),
        ["runs/log-batch"] = ("POST", Fields(("run_id", Text), ("metrics", Metric.Many), ("params", KeyValue.Many), ("tags", KeyValue.Many))),
        ["runs/log-inputs"] = ("POST", Fields(("run_id", Text), ("datasets", Object(("tags", KeyValue.Many), ("dataset", Dataset)).Many))),
        ["metrics/get-history"] = ("GET", Fields(("run_id", Text), ("metric_key", Text), ("max_results", Integer), ("page_token", Text))),
        ["metrics/get-history-bulk-interval"] = ("GET", Fields(("run_ids", Text.Many), ("metric_key", Text), ("max_results", Integer))),
        ["artifacts/list"] = ("GET", Fields(("run_id", Text), ("path", Text))),
    };

    private static Message Fields(params (string, ProtoType)[] fields) => new(fields.ToDictionary());
}
