namespace Experiments.Engine.Measurements;

/// <summary>How fast memory grows.</summary>
/// <param name="BytesPerStep">The estimate.</param>
/// <param name="Low">The lower end of its 99 % confidence interval.</param>
/// <param name="High">The upper end.</param>
internal readonly record struct GrowthEstimate(double BytesPerStep, double Low, double High);
