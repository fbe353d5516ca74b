namespace Experiments.Analysis.Pairs;

/// <summary>When a pair is settled.</summary>
/// <param name="Bound">The largest slowdown that is allowed, a fraction such as 0.05.</param>
/// <param name="Alpha">The chance that the interval ever leaves the truth out.</param>
/// <param name="Budget">How long it may be measured, beside its starts.</param>
public sealed record PairRule(double Bound, double Alpha, TimeSpan Budget);
