namespace Experiments.Core.Events;

/// <summary>A value that the training itself reports.</summary>
/// <param name="Name">The metric's key, such as <c>train/loss</c>.</param>
/// <param name="Value">The value; may be NaN or infinite.</param>
/// <param name="Step">The step it belongs to, or null.</param>
/// <param name="Time">Unix time in seconds.</param>
public sealed record MetricEvent(string Name, double Value, int? Step, double? Time) : TrialEvent(Time);
