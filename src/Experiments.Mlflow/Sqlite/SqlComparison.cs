using System.Globalization;
using System.Text;
using Experiments.Mlflow.Search;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Writes a filter's comparison of one column as SQL.</summary>
internal static class SqlComparison
{
    public static string Write(SqlText sql, string column, Comparison comparison, FieldKind kind) => comparison.Operator switch
    {
        "IN" or "NOT IN" => $"{column} {comparison.Operator} ({string.Join(", ", comparison.Values.Select(v => sql.Parameter(v)))})",
        "LIKE" => $"{column} GLOB {sql.Parameter(ToGlob(comparison.Values[0]))}",
        "ILIKE" => $"{column} LIKE {sql.Parameter(comparison.Values[0])}",
        "IS NULL" or "IS NOT NULL" => $"{column} {comparison.Operator}",
        _ when kind == FieldKind.Number =>
            $"{column} {comparison.Operator} {sql.Parameter(double.Parse(comparison.Values[0], CultureInfo.InvariantCulture))}",
        _ => $"{column} {comparison.Operator} {sql.Parameter(comparison.Values[0])}",
    };

    // SQLite's LIKE ignores case; MLflow's does not. GLOB minds it.
    private static string ToGlob(string like)
    {
        var glob = new StringBuilder();
        foreach (var c in like)
        {
            _ = c switch
            {
                '%' => glob.Append('*'),
                '_' => glob.Append('?'),
                '*' or '?' or '[' => glob.Append('[').Append(c).Append(']'),
                _ => glob.Append(c),
            };
        }

        return glob.ToString();
    }
}
