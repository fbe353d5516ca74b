using Experiments.Core.Definitions;

namespace Experiments.Analysis.History;

/// <summary>Which of the slowdowns that a definition names as known a finding of the history is.</summary>
public static class KnownChanges
{
    /// <summary>The suppression of a lasting change, which its first commit or sweep names; of several the one that lasts longest. Null: it is not known.</summary>
    /// <param name="change">The change.</param>
    /// <param name="suppressions">What the definition names.</param>
    public static Suppression? Of(ChangePoint change, IEnumerable<Suppression> suppressions) =>
        suppressions.Where(known => Begins(change.After.Commit, known.Change) || Begins(change.After.SweepId, known.Change)).MaxBy(one => one.Until);

    /// <summary>The suppression of a slow drift; null: it is not known.</summary>
    /// <param name="suppressions">What the definition names.</param>
    public static Suppression? OfDrift(IEnumerable<Suppression> suppressions) => suppressions.Where(known => known.Change == Suppression.Drift).MaxBy(one => one.Until);

    private static bool Begins(string? text, string with) => text?.StartsWith(with, StringComparison.OrdinalIgnoreCase) == true;
}
