using Experiments.Engine.Processes;

namespace Experiments.Engine.Telemetry;

/// <summary>Sums over the processes of a tree that live now.</summary>
/// <param name="Count">How many.</param>
/// <param name="ResidentBytes">Their resident sets; shared pages count once for each process.</param>
/// <param name="UserSeconds">Their CPU time in user code.</param>
/// <param name="SystemSeconds">Their CPU time in the kernel.</param>
internal readonly record struct ProcessTotals(int Count, long ResidentBytes, double UserSeconds, double SystemSeconds)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    /// <summary>Adds them up.</summary>
    /// <param name="processes">The processes.</param>
    internal static ProcessTotals Read(IReadOnlyCollection<int> processes)
    {
        var totals = default(ProcessTotals);
        foreach (var id in processes)
        {
            if (ProcStat.Read(id) is not { IsZombie: false } stat)
                continue;
            totals = new ProcessTotals(
                totals.Count + 1,
                totals.ResidentBytes + ProcessMemory.Read(id).ResidentBytes,
                totals.UserSeconds + (stat.UserTicks / TicksPerSecond),
                totals.SystemSeconds + (stat.SystemTicks / TicksPerSecond));
        }

        return totals;
    }
}
