using Experiments.Mlflow.Queries;
using Experiments.Mlflow.Search;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Writes a search for experiments as SQL.</summary>
internal static class ExperimentSearch
{
    public static void AddTo(SqlText sql, ExperimentQuery query)
    {
        PageToken.CheckMaxResults(query.MaxResults);
        foreach (var comparison in SearchFilter.Parse(query.Filter, KindOf))
        {
            sql.Add(" AND ").Add(Condition(sql, comparison));
        }

        var orders = query.OrderBy.Select(SortOrder.Parse).Select(order => $"{Column(order.Field)} {(order.Descending ? "DESC" : "ASC")}");
        sql.Add(" ORDER BY ").Add(string.Join(", ", orders.Append("creation_time DESC").Append("experiment_id DESC")));
    }

    public static FieldKind KindOf(SearchField field) => field.Entity switch
    {
        SearchEntity.Tag => FieldKind.Text,
        SearchEntity.Attribute when field.Key == "name" => FieldKind.Text,
        SearchEntity.Attribute when field.Key is "creation_time" or "last_update_time" => FieldKind.Number,
        _ => throw SearchSyntax.Fault(
            $"Invalid attribute key '{field.Key}' specified. Valid keys are 'name', 'creation_time', 'last_update_time'"),
    };

    private static string Condition(SqlText sql, Comparison comparison)
    {
        var kind = KindOf(comparison.Field);
        if (comparison.Field.Entity == SearchEntity.Attribute)
        {
            return SqlComparison.Write(sql, Column(comparison.Field), comparison, kind);
        }

        var key = sql.Parameter(comparison.Field.Key);
        return TagClause.Write("experiment_tags", "experiment_id = experiments.experiment_id", key, sql, comparison);
    }

    private static string Column(SearchField field) => field.Entity == SearchEntity.Attribute
        ? field.Key switch
        {
            "name" or "creation_time" or "last_update_time" => field.Key,
            "experiment_id" => "experiment_id",
            _ => throw SearchSyntax.Fault($"Invalid attribute key '{field.Key}' specified"),
        }
        : throw SearchSyntax.Fault("experiments are ordered by attributes only");
}
