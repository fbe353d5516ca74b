namespace Experiments.PyTorch.Segments;

/// <summary>How long a segment lasts: until both are reached.</summary>
/// <param name="Steps">Training steps.</param>
/// <param name="Seconds">Their time in seconds.</param>
public readonly record struct SegmentLength(int Steps, double Seconds);
