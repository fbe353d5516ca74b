namespace Experiments.Core.Events;

/// <summary>A batch that was taken while nothing had trained yet: a step only if nothing ever does. Its figures are those of a <see cref="StepEvent"/>.</summary>
/// <param name="Step">Number of the batch, from 1.</param>
/// <param name="Samples">Samples in the batch; 0 where nobody knows.</param>
/// <param name="WaitSeconds">Time spent waiting for the batch.</param>
/// <param name="StepSeconds">Time until the next batch was asked for, the wait included.</param>
/// <param name="Time">Unix time in seconds at that moment.</param>
public sealed record BatchEvent(int Step, int Samples, double WaitSeconds, double StepSeconds, double? Time) : TrialEvent(Time)
{
    /// <summary>The batch taken for a step.</summary>
    public StepEvent AsStep() => new(Step, Samples, WaitSeconds, StepSeconds, Time);
}
