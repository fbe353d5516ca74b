namespace Experiments.Mlflow.Search;

/// <summary>Cuts a filter into words, quoted strings, operators and punctuation. Quoted strings keep their quotes.</summary>
internal static class FilterTokens
{
    public static List<string> Read(string filter)
    {
        var tokens = new List<string>();
        var i = 0;
        while (i < filter.Length)
        {
            var c = filter[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }

            var end = c switch
            {
                '(' or ')' or ',' => i + 1,
                '=' or '!' or '<' or '>' => i + (i + 1 < filter.Length && filter[i + 1] == '=' ? 2 : 1),
                '\'' or '"' => EndOfQuoted(filter, i),
                _ => EndOfWord(filter, i),
            };
            tokens.Add(filter[i..end]);
            i = end;
        }

        return tokens;
    }

    private static int EndOfQuoted(string filter, int start)
    {
        var end = filter.IndexOf(filter[start], start + 1);
        return end < 0 ? throw SearchSyntax.Fault($"Invalid filter '{filter}': a quote is not closed") : end + 1;
    }

    // A word may hold a quoted part, as in metrics.`train/loss` or tags."a b".
    private static int EndOfWord(string filter, int start)
    {
        var i = start;
        while (i < filter.Length && !char.IsWhiteSpace(filter[i]) && !"(),=!<>'".Contains(filter[i], StringComparison.Ordinal))
        {
            i = filter[i] is '`' or '"' ? EndOfQuoted(filter, i) : i + 1;
        }

        return i;
    }
}
