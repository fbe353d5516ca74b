using Experiments.Processes.ControlGroups;
using Experiments.Processes.Launching;
using Experiments.Processes.Memory;
using Experiments.Processes.Memory.MacOS;
using Experiments.Processes.Memory.Windows;
using Experiments.Processes.Trees;

namespace Experiments.Processes.Sampling;

/// <summary>Chooses how the memory of a tree is measured.</summary>
internal static class MemoryChoice
{
    /// <summary>The best that there is for a tree.</summary>
    /// <param name="process">Its main process.</param>
    /// <param name="tree">Its members, or null where there is no <c>/proc</c>.</param>
    /// <param name="group">Its control group, or null.</param>
    /// <param name="groups">Where groups come from, and why they do not.</param>
    /// <param name="limitBytes">Its limit, or null.</param>
    internal static ITreeMemory Of(IRunningProcess process, TreeMembers? tree, IControlGroup? group, ControlGroupSource groups, long? limitBytes) => (group, tree) switch
    {
        ({ } held, _) => new ControlGroupMemory(held, groups.Method),
        (null, { } seen) => new ProcMemory(seen, groups.Reason ?? "it could not be made"),
        _ => OfSystem(process.Id, limitBytes),
    };

    /// <summary>The best of a system that has neither control groups nor <c>/proc</c>.</summary>
    private static ITreeMemory OfSystem(int process, long? limitBytes)
    {
        if (OperatingSystem.IsWindows())
            return JobObject.TryCreate(process, JobMemory.JobLimitBytes(limitBytes), out var reason) is { } job ? new JobMemory(job, limitBytes) : new NoMemory(reason);
        return OperatingSystem.IsMacOS()
            ? new FootprintMemory(process, new LibProc())
            : new NoMemory($"memory is not measured on {Environment.OSVersion.Platform}");
    }
}
