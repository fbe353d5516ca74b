using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>What servers check of the JSON itself before they use what they have read of it.</summary>
internal static class RequestRules
{
    public static void Check(string call, JsonObject json, MlflowVersion version)
    {
        switch (call)
        {
            case "experiments/create":
                RequireText(json, "name", mayBeEmpty: false);
                break;
            case "experiments/get":
                RequireText(json, "experiment_id", mayBeEmpty: false);
                break;
            case "runs/get":
                RequireText(json, json.ContainsKey("run_uuid") ? "run_uuid" : "run_id", mayBeEmpty: false);
                break;
            case "runs/create":
                if (version == MlflowVersion.V311)
                {
                    AllowText(json, "experiment_id");
                }
                else if (json["experiment_id"]?.GetValueKind() == JsonValueKind.Number)
                {
                    json["experiment_id"] = json["experiment_id"]!.ToJsonString();
                }

                break;
            case "runs/log-metric":
                RequireText(json, "run_id", mayBeEmpty: false);
                RequireText(json, "key", mayBeEmpty: false);
                RequireReal(json, "value", "value");
                Require(json, "timestamp", "timestamp");
                break;
            case "runs/log-parameter" or "runs/set-tag":
                RequireText(json, "run_id", mayBeEmpty: false);
                RequireText(json, "key", mayBeEmpty: false);
                AllowText(json, "value");
                break;
            case "runs/log-batch":
                CheckBatch(json);
                break;
            case "runs/search":
                if (json["max_results"] is { } max && max.GetValue<long>() > 50_000)
                {
                    throw ServerFault.WrongValue("max_results");
                }

                break;
            case "experiments/search":
                if ((json["max_results"] is { } wanted ? long.Parse(wanted.ToString(), System.Globalization.CultureInfo.InvariantCulture) : 0)
                    is < 1 or > 50_000)
                {
                    throw ServerFault.WrongValue("max_results");
                }

                break;
        }
    }

    private static void CheckBatch(JsonObject json)
    {
        RequireText(json, "run_id", mayBeEmpty: false);
        var counts = new Dictionary<string, int>();
        foreach (var (field, max) in new[] { ("metrics", 1000), ("params", 100), ("tags", 100) })
        {
            if (json[field] is not (null or JsonArray))
            {
                throw ServerFault.WrongValue(field);
            }

            counts[field] = (json[field] as JsonArray)?.Count ?? 0;
            if (counts[field] > max)
            {
                throw ServerFault.Invalid($"A batch logging request can contain at most {max} {field}. Got {counts[field]} {field}.");
            }
        }

        if (counts.Values.Sum() > 1000)
        {
            throw ServerFault.Invalid("A batch logging request can contain at most 1000 metrics, params, and tags.");
        }

        foreach (var metric in (json["metrics"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Require(metric, "key", "metrics[0].key");
            Require(metric, "value", "metrics[0].value");
            Require(metric, "timestamp", "metrics[0].timestamp");
        }
    }

    private static void Require(JsonObject json, string field, string name)
    {
        if (json[field] is null)
        {
            throw ServerFault.MissingValue(name);
        }
    }

    private static void RequireText(JsonObject json, string field, bool mayBeEmpty)
    {
        Require(json, field, field);
        AllowText(json, field);
        if (!mayBeEmpty && json[field]!.GetValue<string>().Length == 0)
        {
            throw ServerFault.MissingValue(field);
        }
    }

    private static void AllowText(JsonObject json, string field)
    {
        if (json[field] is { } value && value.GetValueKind() != JsonValueKind.String)
        {
            throw ServerFault.WrongValue(field);
        }
    }

    // Python's float() is asked, which takes true, "nan" and a bare NaN, though the reading of the message may not.
    private static void RequireReal(JsonObject json, string field, string name)
    {
        Require(json, field, name);
        if (json[field]!.GetValueKind() == JsonValueKind.String
            && json[field]!.GetValue<string>() is var text
            && text != "nan" && !LenientJson.IsBare(text) && ProtoReader.RealOf(text) is null)
        {
            throw ServerFault.WrongValue(name);
        }
    }
}
