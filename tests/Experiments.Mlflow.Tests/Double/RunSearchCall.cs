using System.Text.Json.Nodes;
using Experiments.Mlflow.Search;
using Experiments.Mlflow.Sqlite;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>Searches runs in memory.</summary>
internal sealed class RunSearchCall(ServerState state, MlflowVersion version)
{
    public JsonObject Search(ProtoMessage request)
    {
        var clauses = SearchFilter.Parse(request.TextOrNull("filter"), RunSearch.KindOf);
        var orders = request.Texts("order_by").Select(SortOrder.Parse).ToList();
        var ids = request.Texts("experiment_ids").ToHashSet();
        var view = request.Text("run_view_type");
        var found = state.Runs.Values
            .Where(run => ids.Contains(run.ExperimentId) && Views.Shows(view, run.Stage))
            .Where(run => clauses.All(clause => Values(run, clause.Field).Any(value => Clauses.Holds(clause, value))));
        var sorted = found.OrderBy(_ => 0);
        foreach (var order in orders)
        {
            sorted = sorted.ThenBy(run => Rank(First(run, order.Field), IsNaN(run, order.Field)));
            sorted = order.Descending
                ? sorted.ThenByDescending(run => First(run, order.Field), Comparer<object?>.Default)
                : sorted.ThenBy(run => First(run, order.Field), Comparer<object?>.Default);
        }

        sorted = sorted.ThenByDescending(run => run.StartTime).ThenBy(run => run.Id, StringComparer.Ordinal);
        return Paging.Write(
            "runs",
            sorted.Select(run => ServerJson.Run(run, version)),
            request.Has("max_results") ? request.Integer("max_results") : 1000,
            request.TextOrNull("page_token"));
    }

    private static object? First(ServerRun run, SearchField field) => Values(run, field) is [var first, ..] ? first : null;

    private static bool IsNaN(ServerRun run, SearchField field) =>
        field.Entity == SearchEntity.Metric && run.Latest.TryGetValue(field.Key, out var point) && double.IsNaN(point.Value);

    private static int Rank(object? value, bool isNaN) => isNaN ? 1 : value is null ? 2 : 0;

    // A list, for a run may have several datasets; null stands for what it has not.
    private static IReadOnlyList<object?> Values(ServerRun run, SearchField field) => field switch
    {
        { Entity: SearchEntity.Metric } => run.Latest.TryGetValue(field.Key, out var point) && !double.IsNaN(point.Value) ? [point.Value] : [null],
        { Entity: SearchEntity.Param } => [run.Params.GetValueOrDefault(field.Key)],
        { Entity: SearchEntity.Tag } => [run.Tags.GetValueOrDefault(field.Key)],
        { Entity: SearchEntity.Dataset, Key: "name" } => [.. run.Inputs.Select(input => input.Name)],
        { Entity: SearchEntity.Dataset, Key: "digest" } => [.. run.Inputs.Select(input => input.Digest)],
        { Entity: SearchEntity.Dataset } => [.. run.Inputs.Select(input => input.Context)],
        { Key: "run_id" } => [run.Id],
        { Key: "status" } => [run.Status],
        { Key: "start_time" } => [(double)run.StartTime],
        { Key: "end_time" } => [(double?)run.EndTime],
        { Key: "user_id" } => [run.User],
        { Key: "artifact_uri" } => [run.ArtifactUri],
        _ => [run.Name],
    };
}
