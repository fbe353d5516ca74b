namespace Experiments.Core.Pairs;

/// <summary>A turn of one side, while the other was stopped.</summary>
/// <param name="Side">Who ran.</param>
/// <param name="Block">The block of two turns, one of each side, from 0.</param>
/// <param name="Steps">Whole training steps of the turn; those that a stop cut are not among them.</param>
/// <param name="SamplesPerSecond">Their samples, or steps where nobody knows the samples, by their time; 0 where fewer than three steps were whole.</param>
/// <param name="Seconds">How long the side ran.</param>
public sealed record PairSlice(PairSide Side, int Block, int Steps, double SamplesPerSecond, double Seconds);
