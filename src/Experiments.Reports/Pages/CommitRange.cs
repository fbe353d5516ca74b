namespace Experiments.Reports.Pages;

/// <summary>What came between two commits that were measured.</summary>
/// <param name="Before">The earlier commit.</param>
/// <param name="After">The later commit, the first of <paramref name="Commits"/>.</param>
/// <param name="Commits">The latest first; a few of them where there are many.</param>
/// <param name="Count">How many there are.</param>
public sealed record CommitRange(string Before, string After, IReadOnlyList<CommitLine> Commits, int Count);
