using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Mlflow.Search;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>Says whether a value fulfils a clause of a filter.</summary>
internal static class Clauses
{
    public static bool Holds(Comparison clause, object? value) => clause.Operator switch
    {
        "IS NULL" => value is null,
        "IS NOT NULL" => value is not null,
        _ when value is null => false,
        "IN" => clause.Values.Contains((string)value),
        "NOT IN" => !clause.Values.Contains((string)value),
        "LIKE" => Like((string)value, clause.Values[0], RegexOptions.None),
        "ILIKE" => Like((string)value, clause.Values[0], RegexOptions.IgnoreCase),
        _ => Compare(clause, value),
    };

    private static bool Compare(Comparison clause, object value)
    {
        var order = value is string text
            ? string.CompareOrdinal(text, clause.Values[0])
            : Convert.ToDouble(value, CultureInfo.InvariantCulture).CompareTo(double.Parse(clause.Values[0], CultureInfo.InvariantCulture));
        return clause.Operator switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static bool Like(string value, string pattern, RegexOptions options) => Regex.IsMatch(
        value,
        $"^{Regex.Escape(pattern).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal)}$",
        options | RegexOptions.Singleline);
}
