using Experiments.Mlflow.Search;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Writes a comparison with a row of a key-value table. A missing key fulfils IS NULL and nothing else.</summary>
internal static class TagClause
{
    public static string Write(string table, string owner, string keyParameter, SqlText sql, Comparison comparison)
    {
        var rows = $"SELECT 1 FROM {table} WHERE {owner} AND \"key\" = {keyParameter}";
        return comparison.Operator switch
        {
            "IS NULL" => $"NOT EXISTS ({rows})",
            "IS NOT NULL" => $"EXISTS ({rows})",
            _ => $"EXISTS ({rows} AND {SqlComparison.Write(sql, "value", comparison, FieldKind.Text)})",
        };
    }
}
