using System.Text.Json.Nodes;
using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>Writes what the double keeps as servers write it: empty things are left out.</summary>
internal static class ServerJson
{
    // Recorded server times are scrubbed to this.
    private const long SomeTime = 1700000000000;

    public static JsonObject Experiment(ServerExperiment experiment)
    {
        var json = new JsonObject
        {
            ["experiment_id"] = experiment.Id,
            ["name"] = experiment.Name,
            ["artifact_location"] = experiment.ArtifactLocation,
            ["lifecycle_stage"] = experiment.Stage,
            ["last_update_time"] = SomeTime,
            ["creation_time"] = SomeTime,
        };
        AddList(json, "tags", experiment.Tags.Select(tag => KeyValue(tag.Key, tag.Value)));
        return json;
    }

    public static JsonObject Info(ServerRun run)
    {
        var json = new JsonObject
        {
            ["run_uuid"] = run.Id,
            ["experiment_id"] = run.ExperimentId,
            ["run_name"] = run.Name,
            ["user_id"] = run.User,
            ["status"] = run.Status,
            ["start_time"] = run.StartTime,
        };
        if (run.EndTime is { } endTime)
        {
            json["end_time"] = endTime;
        }

        json["artifact_uri"] = run.ArtifactUri;
        json["lifecycle_stage"] = run.Stage;
        json["run_id"] = run.Id;
        return json;
    }

    public static JsonObject Run(ServerRun run, MlflowVersion version, bool created = false)
    {
        var data = new JsonObject();
        AddList(data, "metrics", run.Latest.Values.Select(Metric));
        AddList(data, "params", run.Params.Select(param => KeyValue(param.Key, param.Value)));
        AddList(data, "tags", run.Tags.Select(tag => KeyValue(tag.Key, tag.Value)));
        var json = new JsonObject { ["info"] = Info(run), ["data"] = data };
        if (!created || version == MlflowVersion.V311)
        {
            var inputs = new JsonObject();
            AddList(inputs, "dataset_inputs", run.Inputs.Select(Input));
            json["inputs"] = inputs;
        }

        if (!created && version == MlflowVersion.V311)
        {
            json["outputs"] = new JsonObject();
        }

        return json;
    }

    public static JsonObject Metric(MetricPoint point) => new()
    {
        ["key"] = point.Key,
        ["value"] = double.IsNaN(point.Value) ? "NaN" : point.Value,
        ["timestamp"] = point.TimestampMs,
        ["step"] = point.Step,
    };

    public static void AddList(JsonObject json, string name, IEnumerable<JsonNode> items)
    {
        var list = new JsonArray([.. items]);
        if (list.Count > 0)
        {
            json[name] = list;
        }
    }

    private static JsonObject KeyValue(string key, string value) => new() { ["key"] = key, ["value"] = value };

    private static JsonObject Input(DatasetInput input)
    {
        var dataset = new JsonObject { ["name"] = input.Name, ["digest"] = input.Digest, ["source_type"] = input.SourceType, ["source"] = input.Source };
        if (input.Schema is not null)
        {
            dataset["schema"] = input.Schema;
        }

        if (input.Profile is not null)
        {
            dataset["profile"] = input.Profile;
        }

        var json = new JsonObject();
        if (input.Context is not null)
        {
            json["tags"] = new JsonArray(KeyValue("mlflow.data.context", input.Context));
        }

        json["dataset"] = dataset;
        return json;
    }
}
