using Experiments.Core.Events;

namespace Experiments.Engine.Measurements;

/// <summary>CPU time of a trial's tree for each of its samples. Pure.</summary>
internal static class CpuPerSample
{
    /// <summary>Readings come four times a second and count in steps of 10 ms: of less time they tell nothing.</summary>
    private const double LeastSeconds = 1;

    /// <summary>Seconds of CPU time a sample from the beginning of the first measured step to the end of the last; null where too little was read.</summary>
    /// <param name="steps">The measured steps, in order.</param>
    /// <param name="samples">Their samples together.</param>
    /// <param name="cpu">CPU time of the tree over Unix time, in order.</param>
    internal static double? Of(IReadOnlyList<StepEvent> steps, double samples, IReadOnlyList<(double Seconds, double CpuSeconds)> cpu)
    {
        if (samples <= 0 || steps.FirstOrDefault(step => step.Time is not null) is not { } first || steps.LastOrDefault(step => step.Time is not null) is not { } last)
            return null;
        var (from, to) = (first.Time!.Value - first.StepSeconds, last.Time!.Value);
        return to - from >= LeastSeconds && At(to, cpu) - At(from, cpu) is > 0 and { } seconds ? seconds / samples : null;
    }

    /// <summary>On the straight line between two readings, and a little beyond the last; null elsewhere.</summary>
    private static double? At(double time, IReadOnlyList<(double Seconds, double CpuSeconds)> cpu)
    {
        if (cpu.Count < 2 || time < cpu[0].Seconds || time - cpu[^1].Seconds > LeastSeconds / 2)
            return null;
        var next = 1;
        while (next < cpu.Count - 1 && cpu[next].Seconds < time)
            next++;
        var (before, after) = (cpu[next - 1], cpu[next]);
        return before.CpuSeconds + ((time - before.Seconds) / (after.Seconds - before.Seconds) * (after.CpuSeconds - before.CpuSeconds));
    }
}
