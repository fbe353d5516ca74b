using System.Globalization;

namespace Experiments.Mlflow.Search;

/// <summary>Reads MLflow's filter grammar: comparisons joined by AND.</summary>
internal static class SearchFilter
{
    private static readonly string[] NumberOperators = ["=", "!=", "<", "<=", ">", ">="];
    private static readonly string[] TextOperators = ["=", "!=", "LIKE", "ILIKE", "IN", "NOT IN", "IS NULL", "IS NOT NULL"];

    public static IReadOnlyList<Comparison> Parse(string? filter, Func<SearchField, FieldKind> kindOf)
    {
        var clauses = new List<Comparison>();
        var tokens = FilterTokens.Read(filter ?? "");
        var at = 0;
        while (at < tokens.Count)
        {
            if (at > 0 && !tokens[at++].Equals("AND", StringComparison.OrdinalIgnoreCase))
            {
                throw SearchSyntax.Fault($"Invalid clause(s) in filter string: '{tokens[at - 1]}'");
            }

            clauses.Add(ReadClause(filter!, tokens, ref at, kindOf));
        }

        return clauses;
    }

    private static Comparison ReadClause(string filter, List<string> tokens, ref int at, Func<SearchField, FieldKind> kindOf)
    {
        if (at + 1 >= tokens.Count)
        {
            throw SearchSyntax.Fault($"Invalid clause(s) in filter string: '{filter}'");
        }

        var field = SearchField.Parse(tokens[at++]);
        var kind = kindOf(field);
        var op = ReadOperator(filter, tokens, ref at);
        if (!(kind == FieldKind.Number ? NumberOperators : TextOperators).Contains(op))
        {
            // The value is named too, for it is the value that is wrong in params.lr > 1.
            throw SearchSyntax.Fault(at < tokens.Count && kind == FieldKind.Text && !IsQuoted(tokens[at])
                ? $"Expected a quoted string value for {field.Key} (e.g. 'my-value'). Got value {tokens[at]}"
                : $"Operator '{op}' is not valid for {field.Key}");
        }

        IReadOnlyList<string> values = op switch
        {
            "IS NULL" or "IS NOT NULL" => [],
            "IN" or "NOT IN" => ReadList(filter, tokens, ref at),
            _ => [ReadValue(filter, field, kind, tokens, ref at)],
        };
        return new Comparison(field, op, values);
    }

    private static string ReadOperator(string filter, List<string> tokens, ref int at)
    {
        var words = new List<string>();
        words.Add(tokens[at++].ToUpperInvariant());
        while (words[0] is "NOT" or "IS" && at < tokens.Count && tokens[at].ToUpperInvariant() is "IN" or "NOT" or "NULL")
        {
            words.Add(tokens[at++].ToUpperInvariant());
        }

        var op = string.Join(' ', words);
        return NumberOperators.Contains(op) || TextOperators.Contains(op)
            ? op
            : throw SearchSyntax.Fault($"Invalid clause(s) in filter string: '{filter}'");
    }

    private static string ReadValue(string filter, SearchField field, FieldKind kind, List<string> tokens, ref int at)
    {
        if (at >= tokens.Count)
        {
            throw SearchSyntax.Fault($"Invalid clause(s) in filter string: '{filter}'");
        }

        var token = tokens[at++];
        if (kind == FieldKind.Number)
        {
            return double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? token
                : throw SearchSyntax.Fault($"Expected numeric value type for {field.Key}. Found {token}");
        }

        return IsQuoted(token)
            ? token[1..^1]
            : throw SearchSyntax.Fault($"Expected a quoted string value for {field.Key} (e.g. 'my-value'). Got value {token}");
    }

    private static List<string> ReadList(string filter, List<string> tokens, ref int at)
    {
        var values = new List<string>();
        if (at < tokens.Count && tokens[at++] == "(")
        {
            while (at < tokens.Count && IsQuoted(tokens[at]))
            {
                values.Add(tokens[at++][1..^1]);
                if (at < tokens.Count && tokens[at++] == ")")
                {
                    return values;
                }
            }
        }

        throw SearchSyntax.Fault($"Invalid clause(s) in filter string: '{filter}'");
    }

    private static bool IsQuoted(string token) => token.Length >= 2 && token[0] is '\'' or '"';
}
