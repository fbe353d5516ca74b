using Experiments.Processes.Kernel;

namespace Experiments.Processes.Sampling;

/// <summary>Sums over the processes of a tree that live now.</summary>
/// <param name="Count">How many.</param>
/// <param name="ResidentBytes">Their resident sets; shared pages count once for each process.</param>
/// <param name="UserSeconds">Their CPU time in user code.</param>
/// <param name="SystemSeconds">Their CPU time in the kernel.</param>
internal readonly record struct ProcessTotals(int Count, long ResidentBytes, double UserSeconds, double SystemSeconds)
{
    /// <summary>CPU time of all processes that were ever seen, in seconds; of those that ended, as last seen.</summary>
    internal double EverCpuSeconds { get; init; }

    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    /// <summary>These and one more.</summary>
    /// <param name="stat">Its state.</param>
    /// <param name="memory">Its memory.</param>
    internal ProcessTotals With(ProcStat stat, ProcessMemory memory) => new(
        Count + 1,
        ResidentBytes + memory.ResidentBytes,
        UserSeconds + (stat.UserTicks / TicksPerSecond),
        SystemSeconds + (stat.SystemTicks / TicksPerSecond));
}
