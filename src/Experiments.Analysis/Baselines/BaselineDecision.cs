namespace Experiments.Analysis.Baselines;

/// <summary>Whether a sweep may become the baseline.</summary>
/// <param name="Accepted">Whether it may.</param>
/// <param name="Reason">Why, or why not, with the figures.</param>
public sealed record BaselineDecision(bool Accepted, string Reason);
