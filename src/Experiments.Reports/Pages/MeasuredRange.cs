namespace Experiments.Reports.Pages;

/// <summary>What the repeats of one night gave.</summary>
/// <param name="Value">The figure, as <c>results.json</c> and every table have it.</param>
/// <param name="Low">The least of the repeats.</param>
/// <param name="High">The greatest of the repeats.</param>
public sealed record MeasuredRange(double Value, double Low, double High);
