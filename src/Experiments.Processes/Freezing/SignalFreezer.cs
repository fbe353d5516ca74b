using System.IO.Enumeration;
using Experiments.Processes.Kernel;
using Experiments.Processes.Trees;

namespace Experiments.Processes.Freezing;

/// <summary>
/// Stops and continues a tree by SIGSTOP and SIGCONT (Linux), where no control group does. A process that is not stopped yet may fork, so the tree is looked at until two
/// looks in a row find no process that is not stopped. It has a list of members of its own, because the sampler refreshes another from its thread.
/// </summary>
/// <param name="members">The tree's processes.</param>
internal sealed class SignalFreezer(TreeMembers members)
{
    private static readonly EnumerationOptions Flat = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    private int _quietLooks;
    private bool _isAsked;

    /// <summary>Begins anew.</summary>
    internal void Begin() => (_quietLooks, _isAsked) = (0, false);

    /// <summary>Stops whoever is not stopped.</summary>
    /// <param name="acceptSleepers">Whether a thread counts as stopped that sleeps in the kernel: it takes no CPU, and stops before its program goes on.</param>
    /// <returns>Whether the whole tree is stopped.</returns>
    internal bool Freeze(bool acceptSleepers)
    {
        members.Refresh(thorough: true);
        var isQuiet = true;
        foreach (var member in members.Members.Values)
        {
            if (IsStopped(member.Id, acceptSleepers))
                continue;
            isQuiet = false;
            _ = NativeMethods.Kill(member.Id, NativeMethods.SignalStop);
        }

        _quietLooks = isQuiet ? _quietLooks + 1 : 0;
        return _quietLooks > 1;
    }

    /// <summary>Lets them go on: all, because who slept in the kernel may still have its stop before it.</summary>
    /// <returns>Whether none is stopped any more.</returns>
    internal bool Thaw()
    {
        members.Refresh(thorough: true);
        var isQuiet = true;
        foreach (var member in members.Members.Values)
        {
            isQuiet &= member.State is not 'T';
            if (!_isAsked || member.State is 'T')
                _ = NativeMethods.Kill(member.Id, NativeMethods.SignalContinue);
        }

        _isAsked = true;
        return isQuiet;
    }

    /// <summary>Whether all threads of a process are stopped; the first to be asked is not the last to obey.</summary>
    private static bool IsStopped(int process, bool acceptSleepers)
    {
        Span<byte> buffer = stackalloc byte[1024];
        try
        {
            foreach (var file in new FileSystemEnumerable<string>($"/proc/{process}/task", (ref entry) => entry.ToFullPath() + "/stat", Flat))
            {
                if (ProcStat.Parse(buffer[..ProcFile.Read(file, buffer)]) is { } thread && !(thread.IsZombie || thread.State is 'T' or 't' || (acceptSleepers && thread.State == 'D')))
                    return false;
            }
        }
        catch (IOException)
        {
            // it ended while it was looked at
        }

        return true;
    }
}
