using System.Diagnostics;

namespace Experiments.Processes.Kernel;

/// <summary>CPU time of the calling thread.</summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <summary>The time; wall time where the system does not tell.</summary>
    internal static TimeSpan Now()
    {
        Span<long> time = stackalloc long[2];
        if (OperatingSystem.IsLinux() && NativeMethods.GetTime(ThreadCpuTime, ref time[0]) == 0)
            return TimeSpan.FromSeconds(time[0]) + TimeSpan.FromMicroseconds(time[1] / 1000.0);
        return Stopwatch.GetElapsedTime(0);
    }
}
