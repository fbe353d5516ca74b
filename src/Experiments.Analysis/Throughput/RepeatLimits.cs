namespace Experiments.Analysis.Throughput;

/// <summary>How far further trials may go.</summary>
/// <param name="MaxRepeats">Repeats of one configuration at most, those of the confirmation apart.</param>
/// <param name="Confirm">Whether suspects are measured afresh before they are called regressed.</param>
public sealed record RepeatLimits(int MaxRepeats, bool Confirm);
