using Experiments.Core.Events;

namespace Experiments.Reports.Pictures;

/// <summary>A stretch of a trial.</summary>
/// <param name="Name">What happens in it.</param>
/// <param name="From">Its start, in seconds since the trial's.</param>
/// <param name="To">Its end.</param>
internal sealed record TrialSpan(string Name, double From, double To)
{
    /// <summary>Where the measured steps lie.</summary>
    public const string Measured = "measured";

    /// <summary>The stretches of a trial, as far as it told them.</summary>
    /// <param name="events">Its events.</param>
    /// <param name="startedUnixSeconds">When it started.</param>
    /// <param name="warmupSteps">Steps that are not measured.</param>
    /// <param name="seconds">How long it took.</param>
    public static IReadOnlyList<TrialSpan> Of(IEnumerable<TrialEvent> events, double startedUnixSeconds, int warmupSteps, double seconds)
    {
        var timed = events.Where(value => value.Time is not null).ToList();
        var steps = timed.OfType<StepEvent>().ToList();
        if (steps.Count == 0)
            return [];
        var first = At(timed.OfType<PhaseEvent>().FirstOrDefault(phase => phase.Name == PhaseNames.FirstBatch)?.Time ?? steps[0].Time - steps[0].StepSeconds);
        var warm = steps.LastOrDefault(step => step.Step <= warmupSteps) is { } last ? At(last.Time) : first;
        var end = At(steps[^1].Time);
        TrialSpan[] spans = [new("start", 0, first), new("warm-up", first, warm), new(Measured, warm, end), new("end", end, seconds)];
        return [.. spans.Where(span => span.To > span.From)];

        double At(double? unixSeconds) => Math.Clamp((unixSeconds ?? startedUnixSeconds) - startedUnixSeconds, 0, seconds);
    }
}
