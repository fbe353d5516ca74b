using System.Diagnostics;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Kernel;
using Experiments.Processes.Launching;
using Experiments.Processes.Trees;

namespace Experiments.Processes.Running;

/// <summary>Ends every process of a trial's tree, in rounds, for a process may fork while it is being killed.</summary>
internal static class TreeKiller
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Ends the whole tree.</summary>
    /// <param name="process">The trial's process, not reaped yet.</param>
    /// <param name="tree">The tree, or null where <c>/proc</c> is missing.</param>
    /// <param name="group">The control group that holds the tree, or null.</param>
    /// <returns>How many processes were still alive when asked first, and how many could not be ended.</returns>
    internal static async Task<(int Found, int Left)> KillAsync(IRunningProcess process, TreeMembers? tree, IControlGroup? group)
    {
        if (group is not null && process.Ended.IsCompleted && group.Processes().Count == 0)
            return (0, 0); // the usual end: nothing is left, and the group is exact
        if (tree is null && group is null)
        {
            process.Kill();
            await Task.WhenAny(process.Ended, Task.Delay(Patience)).ConfigureAwait(false);
            return (0, process.Ended.IsCompleted ? 0 : 1);
        }

        var started = Stopwatch.GetTimestamp();
        var found = new HashSet<int>();
        for (var pauseMilliseconds = 1; ; pauseMilliseconds = Math.Min(2 * pauseMilliseconds, 50))
        {
            found.UnionWith(group?.Processes() ?? []);
            var alive = Round(process, tree, group);
            found.UnionWith(alive);
            found.Remove(process.Id);
            if (alive.Count == 0 && process.Ended.IsCompleted)
                return (found.Count, 0);
            if (Stopwatch.GetElapsedTime(started) > Patience)
                return (found.Count, Math.Max(alive.Count, 1)); // sleeping in the kernel; it ends when it wakes
            await Task.Delay(pauseMilliseconds).ConfigureAwait(false);
        }
    }

    private static HashSet<int> Round(IRunningProcess process, TreeMembers? tree, IControlGroup? group)
    {
        var alive = new HashSet<int>();
        if (group is not null)
        {
            group.Kill();
            alive.UnionWith(group.Processes());
        }

        tree?.Refresh(thorough: true);
        foreach (var member in tree?.Members.Values ?? [])
        {
            if (member.IsZombie)
                continue;
            _ = NativeMethods.Kill(member.Id, NativeMethods.SignalKill);
            alive.Add(member.Id);
        }

        process.Kill();
        if (process.Ended.IsCompleted)
            alive.Remove(process.Id);
        return alive;
    }
}
