namespace Experiments.Core.Events;

/// <summary>A line that a trial reports about itself.</summary>
/// <param name="Time">Unix time in seconds, or null when the trial gave none.</param>
public abstract record TrialEvent(double? Time);
