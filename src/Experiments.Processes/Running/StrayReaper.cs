using Experiments.Processes.Kernel;
using Experiments.Processes.Launching;
using Experiments.Processes.Trees;

namespace Experiments.Processes.Running;

/// <summary>Reaps orphans of trials that came to this program as their subreaper and have ended (Linux).</summary>
internal static class StrayReaper
{
    /// <summary>Reaps them all.</summary>
    /// <returns>What they used.</returns>
    internal static ResourceUsage Reap()
    {
        var total = default(ResourceUsage);
        if (!OperatingSystem.IsLinux() || !HasEndedChild())
            return total;
        foreach (var id in ProcFile.Processes())
        {
            if (ProcStat.Read(id) is { IsZombie: true } stat && TreeMembers.IsStray(stat) && PosixProcess.Reap(id).Usage is { } usage)
                total += usage;
        }

        return total;
    }

    private static bool HasEndedChild()
    {
        Span<int> information = stackalloc int[64]; // siginfo_t; its first word is the signal, 0 when there is none
        information.Clear();
        unsafe
        {
            fixed (int* words = information)
            {
                const int Options = NativeMethods.WaitExited | NativeMethods.WaitNoHang;
                return NativeMethods.WaitForState(NativeMethods.WaitForAny, 0, (nint)words, Options | NativeMethods.WaitNoReap) == 0 && words[0] != 0;
            }
        }
    }
}
