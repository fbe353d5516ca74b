namespace Experiments.Reports.Html;

/// <summary>One place on the horizontal axis: the values of all trials there.</summary>
/// <param name="X">The horizontal value, such as the number of workers.</param>
/// <param name="Figure">The figure of the configuration, as the table has it.</param>
/// <param name="Values">One value a trial, at least one.</param>
internal sealed record ChartPoint(double X, double Figure, IReadOnlyList<double> Values);
