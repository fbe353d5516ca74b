namespace Experiments.Core.Events;

/// <summary>A point in the life of a trial: <c>start</c>, <c>first_batch</c>, <c>evaluate</c>, <c>end</c>, …</summary>
/// <param name="Name">The phase that begins.</param>
/// <param name="Details">Further fields of the line, as text; numbers in invariant notation.</param>
/// <param name="Time">Unix time in seconds.</param>
public sealed record PhaseEvent(string Name, IReadOnlyDictionary<string, string> Details, double? Time) : TrialEvent(Time);
