namespace Experiments.Processes;

/// <summary>
/// When a tree stopped or went on, by the monotonic clock (<see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>; on Linux nanoseconds, as Python's
/// <c>time.monotonic_ns()</c> has them).
/// </summary>
/// <param name="Asked">When the kernel was asked: before it, nothing had changed.</param>
/// <param name="Confirmed">When the kernel confirmed it for the last process: after it, nothing changes any more.</param>
public readonly record struct FreezeMoment(long Asked, long Confirmed)
{
    /// <summary>How long it took.</summary>
    public TimeSpan Took => System.Diagnostics.Stopwatch.GetElapsedTime(Asked, Confirmed);
}
