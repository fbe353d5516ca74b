using System.Text;
using Experiments.Engine.Processes;
using Experiments.Engine.Telemetry;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Sweeps;

/// <summary>Ends what an earlier, suddenly ended run of a sweep left behind, should its watchdog have been ended too.</summary>
internal static class LeftoverProcesses
{
    private const int MostRounds = 100;

    /// <summary>Ends the processes and removes the control groups of a sweep that nobody runs.</summary>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="layout">Where this program sits.</param>
    internal static void End(string sweepId, ControlGroupLayout layout)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var mark = Encoding.UTF8.GetBytes($"{TrialEnvironment.SweepId}={sweepId}");
        for (var round = 0; round < MostRounds && EndRound(mark); round++)
            Thread.Sleep(5);
        foreach (var folder in Groups(sweepId, layout))
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

    private static List<string> Groups(string sweepId, ControlGroupLayout layout)
    {
        string?[] parents =
        [
            layout.Version1.GetValueOrDefault("memory"), layout.Version1.GetValueOrDefault("pids"),
            layout.Version2, Path.GetDirectoryName(layout.Version2),
        ];
        return [.. parents.Where(Directory.Exists).SelectMany(parent => Directory.EnumerateDirectories(parent!, $"experiments-{sweepId}-*"))];
    }
}
