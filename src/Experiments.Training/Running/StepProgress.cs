namespace Experiments.Training.Running;

/// <summary>A step that is done.</summary>
internal readonly record struct StepProgress(int Step, int Samples, float Loss, TimeSpan Duration);
