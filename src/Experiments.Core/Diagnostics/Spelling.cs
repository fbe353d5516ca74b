namespace Experiments.Core.Diagnostics;

/// <summary>Finds what a mistyped word was meant to be.</summary>
public static class Spelling
{
    private const int LongestWord = 64;
    private const int MostListed = 20;

    /// <summary>The candidate nearest to the word, or null when none is near enough to be meant.</summary>
    /// <param name="word">The word as typed.</param>
    /// <param name="candidates">The valid words.</param>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
            return null;
        var best = candidates
            .Where(candidate => candidate.Length <= LongestWord)
            .Select(candidate => (Candidate: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        if (best.Candidate is null)
            return null;
        var longer = Math.Max(word.Length, best.Candidate.Length);
        return best.Distance <= Math.Max(1, longer / 3) && best.Distance < longer ? best.Candidate : null;
    }

    /// <summary>The end of a message about an invalid word: <c>; did you mean "steps"? Valid keys: args, steps</c>.</summary>
    /// <param name="word">The word as typed.</param>
    /// <param name="noun">What the candidates are, in the plural.</param>
    /// <param name="candidates">The valid words, in the order in which they are shown.</param>
    public static string Suggestion(string word, string noun, IReadOnlyCollection<string> candidates)
    {
        var nearest = Nearest(word, candidates) is { } meant ? $"; did you mean \"{meant}\"? V" : "; v";
        if (candidates.Count == 0)
            return $"; there are no {noun}";
        var shown = string.Join(", ", candidates.Take(MostListed).Select(candidate => candidate.Length == 0 ? "\"\"" : candidate));
        var rest = candidates.Count > MostListed ? FormattableString.Invariant($" and {candidates.Count - MostListed} more") : "";
        return $"{nearest}alid {noun}: {shown}{rest}";
    }

    /// <summary>The least number of insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).</summary>
    internal static int Distance(string left, string right)
    {
        var beforePrevious = new int[right.Length + 1];
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, substitution);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
            }
            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }
        return previous[right.Length];
    }
}
