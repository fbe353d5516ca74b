namespace Experiments.Datasets.Meld;

/// <summary>What became of the annotations.</summary>
public sealed record MeldReport
{
    /// <summary>Rows read from all files.</summary>
    public required int RowsRead { get; init; }

    /// <summary>Utterances fit for use; the store has as many or, with <see cref="MeldOptions.Samples"/>, fewer.</summary>
    public required int Usable { get; init; }

    /// <summary>Samples in the store, by split.</summary>
    public required IReadOnlyDictionary<string, int> Samples { get; init; }

    /// <summary>Share of the most frequent label in the dev split, 0 to 1: what guessing reaches.</summary>
    public required double DevMajorityShare { get; init; }

    /// <summary>The flaws found, by kind. <see cref="RowsRead"/> is <see cref="Usable"/> and the counts of those that were rejected.</summary>
    public required IReadOnlyList<MeldWarning> Warnings { get; init; }

    /// <summary>In words: which part of the store is synthetic.</summary>
    public required IReadOnlyList<string> Synthetic { get; init; }
}
