namespace Experiments.Analysis.History;

/// <summary>A place in the history at which the level changed.</summary>
/// <param name="Before">The last point of the old level.</param>
/// <param name="After">The first point of the new level.</param>
/// <param name="ChangePercent">The new level's median against the old one's; negative is lower.</param>
/// <param name="SincePercent">The history's last level against the old one: what is left of the change.</param>
/// <param name="PValue">Two-sided p-value of the levels' difference (Welch's t on logarithms).</param>
public sealed record ChangePoint(HistoryPoint Before, HistoryPoint After, double ChangePercent, double SincePercent, double PValue);
