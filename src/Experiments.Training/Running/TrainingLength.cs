namespace Experiments.Training.Running;

/// <summary>When a training has taken enough steps.</summary>
/// <param name="WarmupSteps">Steps at the start that are not measured.</param>
/// <param name="Steps">Measured steps, at the least.</param>
/// <param name="MeasureSeconds">Seconds that the measured steps take together, at the least; 0 where their number alone decides.</param>
internal readonly record struct TrainingLength(int WarmupSteps, int Steps, double MeasureSeconds = 0)
{
    /// <summary>Whether the training is over.</summary>
    /// <param name="steps">All steps so far, warm-up included.</param>
    /// <param name="measured">The time of the measured ones together.</param>
    public bool IsReached(int steps, TimeSpan measured) => steps >= WarmupSteps + Steps && measured.TotalSeconds >= MeasureSeconds;
}
