using Experiments.Core.Definitions;
using Experiments.Core.Results;

namespace Experiments.Core.Plans;

/// <summary>
/// With <c>steps: auto</c> a task that knows only how many steps it is asked for is asked for the least first. Where those were too short, that trial was a
/// pilot: it runs again with as many steps as its own take, and later trials of the configuration are asked for as many from the start. Pure.
/// </summary>
public static class Pilot
{
    /// <summary>Steps are faster in a long run than in a short one.</summary>
    private const double Margin = 1.2;

    private const int MostSteps = 10_000_000;

    /// <summary>Whether the task may know only the number of steps.</summary>
    /// <param name="task">The definition's task.</param>
    public static bool IsPossible(TrainingTask task) =>
        task.Steps is null && (task is CommandTask || task.Args.Concat(task.Env.Values).Any(text => Placeholders.In(text).Any(placeholder => placeholder.Name == "steps")));

    /// <summary>Steps to ask for.</summary>
    /// <param name="task">The definition's task.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="done">The sweep's trials so far.</param>
    public static int StepsOf(TrainingTask task, PlannedTrial trial, IEnumerable<TrialResult> done) => !IsPossible(task)
        ? task.Steps ?? MeasuringTime.LeastSteps
        : done.Where(result => result.IsMeasured && result.Configuration.Id == trial.Configuration.Id).Select(Needed).Append(MeasuringTime.LeastSteps).Max();

    /// <summary>Steps to ask for when the trial runs again; null where it was long enough, or where no number of steps would have made it longer.</summary>
    /// <param name="task">The definition's task.</param>
    /// <param name="result">How the trial went.</param>
    /// <param name="asked">Steps that it was asked for.</param>
    public static int? Again(TrainingTask task, TrialResult result, int asked) =>
        IsPossible(task) && result.IsMeasured && result.Metric(MetricKeys.MeasuredSteps) is { } steps
        && result.Metric(MetricKeys.MeasuredSeconds) is < MeasuringTime.Seconds
        && steps <= asked && steps + task.WarmupSteps >= asked // it ended where it was asked to
            ? Needed(result)
            : null;

    private static int Needed(TrialResult result) =>
        result.Metric(MetricKeys.MeasuredSeconds) is > 0 and var seconds && result.Metric(MetricKeys.MeasuredSteps) is { } steps
            ? (int)Math.Clamp(Math.Ceiling(Margin * MeasuringTime.Seconds * steps / seconds), MeasuringTime.LeastSteps, MostSteps)
            : MeasuringTime.LeastSteps;
}
