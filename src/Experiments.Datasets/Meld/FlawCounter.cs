namespace Experiments.Datasets.Meld;

/// <summary>Counts flaws and remembers where the first ones stood.</summary>
internal sealed class FlawCounter
{
    private const int Examples = 3;
    private readonly Dictionary<MeldFlaw, (int Count, List<string> Places)> flaws = [];

    public int Rejected { get; private set; }

    /// <summary>The row is left out.</summary>
    public void Reject(MeldFlaw flaw, AnnotationRow row)
    {
        Count(flaw, row);
        Rejected++;
    }

    /// <summary>The row is used all the same.</summary>
    public void Count(MeldFlaw flaw, AnnotationRow row)
    {
        var (count, places) = flaws.GetValueOrDefault(flaw, (0, []));
        if (count < Examples)
            places.Add(row.Place);
        flaws[flaw] = (count + 1, places);
    }

    public IReadOnlyList<MeldWarning> Warnings() =>
    [
        .. flaws.OrderBy(pair => pair.Key).Select(pair => new MeldWarning
        {
            Flaw = pair.Key,
            Rejected = FlawTexts.Rejects(pair.Key),
            Count = pair.Value.Count,
            Explanation = FlawTexts.Of(pair.Key),
            Examples = pair.Value.Places,
        }),
    ];
}
