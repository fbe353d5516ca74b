namespace Experiments.Analysis.History;

/// <summary>A slow movement over the whole history, which no single night shows.</summary>
/// <param name="ChangePercent">From the beginning of the history to its end; negative is lower.</param>
/// <param name="PValue">Two-sided p-value of Kendall's rank correlation with time.</param>
public sealed record Drift(double ChangePercent, double PValue);
