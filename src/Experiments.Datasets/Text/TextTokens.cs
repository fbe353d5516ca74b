using System.Text;

namespace Experiments.Datasets.Text;

/// <summary>Words and marks of an utterance, lower-cased: <c>What’s up?!</c> gives <c>what's</c>, <c>up</c>, <c>?</c>, <c>!</c>.</summary>
internal static class TextTokens
{
    public static IReadOnlyList<string> Of(string utterance)
    {
        var tokens = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in Plain(utterance).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is '\'')
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
                continue;
            }

            Flush();
            if (!Rune.IsWhiteSpace(rune))
                tokens.Add(rune.ToString());
        }

        Flush();
        return tokens;

        void Flush()
        {
            if (word.Length > 0)
                tokens.Add(word.ToString());
            word.Clear();
        }
    }

    private static string Plain(string text) => text.Normalize(NormalizationForm.FormC)
        .Replace('’', '\'').Replace('‘', '\'').Replace('“', '"').Replace('”', '"').Replace("...", "…", StringComparison.Ordinal);
}
