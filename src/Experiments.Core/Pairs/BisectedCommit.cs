namespace Experiments.Core.Pairs;

/// <summary>A commit that may have made the training slower.</summary>
/// <param name="Commit">Its hash.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Subject">The first line of its message.</param>
public sealed record BisectedCommit(string Commit, string Author, string Subject)
{
    /// <summary>The chance that it is the one, by all that was measured.</summary>
    public double Probability { get; init; }

    /// <summary>It against the good commit, each time that it was measured; one that says <see cref="PairVerdict.NotMeasured"/> has no more after it.</summary>
    public IReadOnlyList<PairComparison> Probes { get => field ?? []; init; } = [];
}
