namespace Experiments.Core.Events;

/// <summary>One training step, warm-up included.</summary>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Samples">Samples of the step; 0 where nobody knows.</param>
/// <param name="WaitSeconds">Time spent waiting for the batch.</param>
/// <param name="StepSeconds">Time of the whole step, the wait included.</param>
/// <param name="Time">Unix time in seconds at the end of the step.</param>
public sealed record StepEvent(int Step, int Samples, double WaitSeconds, double StepSeconds, double? Time) : TrialEvent(Time);
