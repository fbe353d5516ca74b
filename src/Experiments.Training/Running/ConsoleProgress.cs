using System.Globalization;

namespace Experiments.Training.Running;

/// <summary>A line a second at most, for those who read the trial's log.</summary>
internal sealed class ConsoleProgress(TextWriter output, TrainingLength length, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly int steps = length.WarmupSteps + length.Steps;
    private long last = long.MinValue;
    private long samples;
    private TimeSpan duration;

    public void Report(StepProgress step)
    {
        samples += step.Samples;
        duration += step.Duration;
        if (step.Step > 1 && (length.MeasureSeconds > 0 || step.Step < steps) && last != long.MinValue && clock.GetElapsedTime(last) < Interval)
            return;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"step {step.Step}{(length.MeasureSeconds > 0 ? "" : $"/{steps}")}: loss {step.Loss:G9}, {samples / Math.Max(duration.TotalSeconds, 1e-9):F0} samples/s"));
        (last, samples, duration) = (clock.GetTimestamp(), 0, TimeSpan.Zero);
    }
}
