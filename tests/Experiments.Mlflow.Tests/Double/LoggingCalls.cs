using System.Text.Json.Nodes;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Validation;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>The calls that log, and the history of metrics.</summary>
internal sealed class LoggingCalls(ServerState state, MlflowVersion version)
{
    public JsonObject LogMetric(ProtoMessage request)
    {
        var run = ActiveRun(request);
        var point = Point(request);
        Check(point);
        if (double.IsNaN(point.Value) && run.Points.Contains(point))
        {
            throw ServerFault.BadRequest("UNIQUE constraint failed: metrics.key");
        }

        Add(run, point);
        return [];
    }

    public JsonObject LogParam(ProtoMessage request)
    {
        var run = ActiveRun(request);
        CheckKey(request.Text("key"));
        var value = TextLimit.Cut(request.Text("value"), 6000);
        return run.Params.TryAdd(request.Text("key"), value) || run.Params[request.Text("key")] == value ? [] : throw Changed(request.Text("key"));
    }

    public JsonObject SetTag(ProtoMessage request)
    {
        var run = ActiveRun(request);
        CheckKey(request.Text("key"));
        SetTag(run, request.Text("key"), request.Text("value"));
        return [];
    }

    public JsonObject LogBatch(ProtoMessage request)
    {
        var metrics = request.Children("metrics").Select(Point).ToList();
        var parameters = request.Children("params").Select(p => (Key: p.Text("key"), Value: TextLimit.Cut(p.Text("value"), 6000))).ToList();
        var tags = request.Children("tags").Select(t => (Key: t.Text("key"), Value: t.Text("value"))).ToList();
        metrics.ForEach(Check);
        parameters.ForEach(param => CheckKey(param.Key));
        tags.ForEach(tag => CheckKey(tag.Key));
        if (parameters.Select(param => param.Key).Distinct().Count() < parameters.Count)
        {
            throw ServerFault.Invalid("Duplicate parameter keys have been submitted");
        }

        var run = ActiveRun(request);
        if (parameters.FirstOrDefault(param => run.Params.TryGetValue(param.Key, out var old) && old != param.Value).Key is { } changed)
        {
            throw Changed(changed);
        }

        foreach (var (key, value) in parameters)
        {
            run.Params.TryAdd(key, value);
        }

        var fresh = new HashSet<MetricPoint>();
        if (metrics.Any(point => double.IsNaN(point.Value) && (run.Points.Contains(point) || !fresh.Add(point))))
        {
            throw ServerFault.BadRequest("UNIQUE constraint failed: metrics.key");
        }

        metrics.ForEach(point => Add(run, point));
        tags.ForEach(tag => SetTag(run, tag.Key, tag.Value));
        return [];
    }

    public JsonObject History(ProtoMessage request)
    {
        var points = HistoryOf(request.Text("run_id"), request.Text("metric_key"));
        if (version == MlflowVersion.V217)
        {
            var all = new JsonObject();
            ServerJson.AddList(all, "metrics", points.Select(ServerJson.Metric));
            return all;
        }

        return Paging.Write("metrics", points.Select(ServerJson.Metric), request.Integer("max_results"), request.TextOrNull("page_token"));
    }

    public JsonObject HistoryBulk(IEnumerable<string> runIds, string key, bool byStep)
    {
        var json = new JsonObject();
        ServerJson.AddList(json, "metrics", runIds.SelectMany(id => (byStep
            ? HistoryOf(id, key).OrderBy(point => point.Step)
            : HistoryOf(id, key)).Select(point =>
            {
                var metric = ServerJson.Metric(point);
                metric["run_id"] = id;
                return metric;
            })));
        return json;
    }

    private IEnumerable<MetricPoint> HistoryOf(string runId, string key) => state.Runs.TryGetValue(runId, out var run)
        ? run.Points
            .Where(point => point.Key == key)
            .OrderBy(point => point.TimestampMs).ThenBy(point => point.Step).ThenBy(point => Stored(point.Value)).ThenBy(point => double.IsNaN(point.Value))
        : [];

    private ServerRun ActiveRun(ProtoMessage request) => state.ActiveRun(request.TextOrNull("run_id") ?? request.Text("run_uuid"));

    private static MetricPoint Point(ProtoMessage request) => new(
        request.Text("key"),
        double.IsNaN(request.Real("value")) ? double.NaN : Stored(request.Real("value")),
        request.Integer("timestamp"),
        request.Integer("step"));

    private static double Stored(double value) => double.IsNaN(value) ? 0 : Math.Clamp(value, double.MinValue, double.MaxValue);

    private static void Add(ServerRun run, MetricPoint point)
    {
        if (run.Points.Add(point)
            && (!run.Latest.TryGetValue(point.Key, out var last)
                || (point.Step, point.TimestampMs, Stored(point.Value)).CompareTo((last.Step, last.TimestampMs, Stored(last.Value))) > 0))
        {
            run.Latest[point.Key] = point;
        }
    }

    private static void SetTag(ServerRun run, string key, string value)
    {
        run.Tags[key] = TextLimit.Cut(value, 8000);
        if (key == MlflowTags.RunName)
        {
            run.Name = value;
        }
    }

    private static void Check(MetricPoint point)
    {
        CheckKey(point.Key);
        if (point.TimestampMs < 0)
        {
            throw ServerFault.Invalid("Timestamp must be a nonnegative long (64-bit integer)");
        }
    }

    private static void CheckKey(string key)
    {
        if (KeyRules.FindFault(key) is { } fault)
        {
            throw ServerFault.Invalid($"Invalid value \"{key}\" for parameter 'key' supplied: it {fault}");
        }
    }

    private static ServerFault Changed(string key) =>
        ServerFault.Invalid($"Changing param values is not allowed. Param with key='{key}' was already logged.");
}
