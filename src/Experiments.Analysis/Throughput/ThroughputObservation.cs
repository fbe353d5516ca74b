using Experiments.Core.Plans;

namespace Experiments.Analysis.Throughput;

/// <summary>The throughput of one trial.</summary>
/// <param name="SamplesPerSecond">Above 0.</param>
/// <param name="Round">The repeat that it belongs to, from 1: trials of one round ran close together.</param>
/// <param name="Purpose">Why it ran.</param>
/// <param name="OtherShare">The share of the machine that other programs took while it ran, 0 to 1; null where nobody looked.</param>
public readonly record struct ThroughputObservation(double SamplesPerSecond, int Round, TrialPurpose Purpose = TrialPurpose.Planned, double? OtherShare = null);
