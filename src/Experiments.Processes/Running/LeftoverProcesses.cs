using System.Text;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Kernel;

namespace Experiments.Processes.Running;

/// <summary>Ends trees that a program left behind which was ended suddenly, should its watchdog have been ended too.</summary>
internal static class LeftoverProcesses
{
    private const int MostRounds = 100;

    /// <summary>Ends the processes and removes the control groups of trees that nobody runs.</summary>
    /// <param name="mark">The variable that their processes carry, <c>NAME=value</c>.</param>
    /// <param name="groupPrefix">How the names of their control groups begin.</param>
    internal static void End(string mark, string groupPrefix)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var groups = Groups(groupPrefix, ControlGroupLayout.Read());
        foreach (var folder in groups)
            GroupFreezer.Of([folder])?.Ask(frozen: false);
        var text = Encoding.UTF8.GetBytes(mark);
        for (var round = 0; round < MostRounds && EndRound(text); round++)
            Thread.Sleep(5);
        foreach (var folder in groups)
        {
            foreach (var id in KernelFile.Processes(Path.Combine(folder, "cgroup.procs")))
                _ = NativeMethods.Kill(id, NativeMethods.SignalKill);
            ControlGroupFiles.TryRemove(folder);
        }
    }

    private static bool EndRound(byte[] mark)
    {
        var found = false;
        foreach (var id in ProcFile.Processes())
        {
            if (id != Environment.ProcessId && ProcFile.HasVariable(id, mark))
                found |= NativeMethods.Kill(id, NativeMethods.SignalKill) == 0;
        }

        return found;
    }

    private static List<string> Groups(string prefix, ControlGroupLayout layout)
    {
        string?[] parents =
        [
            layout.Version1.GetValueOrDefault("memory"), layout.Version1.GetValueOrDefault("pids"), layout.Version1.GetValueOrDefault("freezer"),
            layout.Version2, Path.GetDirectoryName(layout.Version2),
        ];
        return [.. parents.Where(Directory.Exists).SelectMany(parent => Directory.EnumerateDirectories(parent!, prefix + "*"))];
    }
}
