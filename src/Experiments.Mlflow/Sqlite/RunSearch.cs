using Experiments.Mlflow.Queries;
using Experiments.Mlflow.Search;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Writes a search for runs as SQL.</summary>
internal static class RunSearch
{
    public static void AddTo(SqlText sql, RunQuery query)
    {
        PageToken.CheckMaxResults(query.MaxResults);
        foreach (var comparison in SearchFilter.Parse(query.Filter, KindOf))
        {
            sql.Add(" AND ").Add(Condition(sql, comparison));
        }

        sql.Add(" ORDER BY ");
        foreach (var text in query.OrderBy)
        {
            sql.Add(Order(sql, SortOrder.Parse(text))).Add(", ");
        }

        sql.Add("runs.start_time DESC, runs.run_uuid");
    }

    public static FieldKind KindOf(SearchField field) => field.Entity switch
    {
        SearchEntity.Metric => FieldKind.Number,
        SearchEntity.Attribute => AttributeColumn(field.Key) is "start_time" or "end_time" ? FieldKind.Number : FieldKind.Text,
        SearchEntity.Dataset => field.Key is "name" or "digest" or "context"
            ? FieldKind.Text
            : throw SearchSyntax.Fault($"Invalid dataset key '{field.Key}' specified. Valid keys are 'name', 'digest', 'context'"),
        _ => FieldKind.Text,
    };

    private static string Condition(SqlText sql, Comparison comparison)
    {
        var field = comparison.Field;
        switch (field.Entity)
        {
            case SearchEntity.Attribute:
                return SqlComparison.Write(sql, "runs." + AttributeColumn(field.Key), comparison, KindOf(field));
            case SearchEntity.Metric:
                var key = sql.Parameter(field.Key);
                return $"EXISTS (SELECT 1 FROM latest_metrics WHERE run_uuid = runs.run_uuid AND \"key\" = {key} AND is_nan = 0 AND "
                    + $"{SqlComparison.Write(sql, "value", comparison, FieldKind.Number)})";
            case SearchEntity.Dataset:
                var column = field.Key == "context" ? "input_tags.value" : $"datasets.{field.Key}";
                return "EXISTS (SELECT 1 FROM inputs JOIN datasets ON datasets.dataset_uuid = inputs.source_id"
                    + $" LEFT JOIN input_tags ON input_tags.input_uuid = inputs.input_uuid AND input_tags.name = '{MlflowTags.DataContext}'"
                    + " WHERE inputs.destination_type = 'RUN' AND inputs.source_type = 'DATASET' AND inputs.destination_id = runs.run_uuid"
                    + $" AND {SqlComparison.Write(sql, column, comparison, FieldKind.Text)})";
            default:
                var table = field.Entity == SearchEntity.Tag ? "tags" : "params";
                return TagClause.Write(table, "run_uuid = runs.run_uuid", sql.Parameter(field.Key), sql, comparison);
        }
    }

    // As MLflow orders: what has no value comes last either way, NaN before it.
    private static string Order(SqlText sql, SortOrder order)
    {
        var direction = order.Descending ? "DESC" : "ASC";
        var field = order.Field;
        switch (field.Entity)
        {
            case SearchEntity.Attribute:
                var column = "runs." + AttributeColumn(field.Key);
                return $"{column} IS NULL, {column} {direction}";
            case SearchEntity.Metric:
                var key = sql.Parameter(field.Key);
                var from = $"FROM latest_metrics WHERE run_uuid = runs.run_uuid AND \"key\" = {key}";
                return $"coalesce((SELECT is_nan {from}), 2), (SELECT value {from}) {direction}";
            case SearchEntity.Param or SearchEntity.Tag:
                var table = field.Entity == SearchEntity.Tag ? "tags" : "params";
                var value = $"(SELECT value FROM {table} WHERE run_uuid = runs.run_uuid AND \"key\" = {sql.Parameter(field.Key)})";
                return $"{value} IS NULL, {value} {direction}";
            default:
                throw SearchSyntax.Fault("runs are not ordered by datasets");
        }
    }

    private static string AttributeColumn(string key) => key switch
    {
        "run_id" => "run_uuid",
        "run_name" or "run name" or "Run name" or "Run Name" => "name",
        "start_time" or "created" or "Created" => "start_time",
        "end_time" or "status" or "user_id" or "artifact_uri" => key,
        _ => throw SearchSyntax.Fault(
            $"Invalid attribute key '{key}' specified. Valid keys are 'run_id', 'run_name', 'status', 'start_time', 'end_time', 'user_id', 'artifact_uri'"),
    };
}
