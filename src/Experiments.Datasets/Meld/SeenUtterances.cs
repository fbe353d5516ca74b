namespace Experiments.Datasets.Meld;

/// <summary>Remembers utterances by number, and by moment and words.</summary>
internal sealed class SeenUtterances
{
    private readonly HashSet<(string, string)> keys = [];
    private readonly Dictionary<(string, string, TimeSpan?, TimeSpan?), List<(string Dialogue, string Words, string Label)>> moments = [];

    /// <summary>Whether the number is new.</summary>
    public bool AddKey(AnnotationRow row) => keys.Add(row.Key);

    public void Add(AnnotationRow row, string words, string label)
    {
        if (!moments.TryGetValue(row.Moment, out var there))
            moments[row.Moment] = there = [];
        there.Add((row.Dialogue, words, label));
    }

    /// <summary>
    /// The label of the same utterance in an earlier dialogue, or null: the same moment, and one's words contain the other's. Two utterances of
    /// one dialogue may share a moment, as people talk at once.
    /// </summary>
    public string? Duplicate(AnnotationRow row, string words) =>
        !moments.TryGetValue(row.Moment, out var there) ? null : there
            .Where(other => other.Dialogue != row.Dialogue
                && (other.Words.Contains(words, StringComparison.Ordinal) || words.Contains(other.Words, StringComparison.Ordinal)))
            .Select(other => other.Label)
            .FirstOrDefault();
}
