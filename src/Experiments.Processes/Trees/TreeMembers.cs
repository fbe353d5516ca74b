using System.Text;
using Experiments.Processes.Kernel;
using Experiments.Processes.Launching;

namespace Experiments.Processes.Trees;

/// <summary>
/// The processes that belong to a trial (Linux): descendants of its root, processes of sessions that they opened,
/// and orphans that came to this program as their subreaper.
/// </summary>
internal sealed class TreeMembers
{
    private const int RefreshesToForget = 64; // numbers are reused: who did not belong may be another one later

    private readonly int _root;
    private readonly byte[] _mark;
    private readonly Dictionary<int, ProcStat> _members = [];
    private readonly HashSet<int> _sessions = [];
    private readonly HashSet<int> _others = [];
    private int _refreshes;

    /// <summary>A tree with one process.</summary>
    /// <param name="root">The trial's process, leader of its session.</param>
    /// <param name="mark">An environment variable that no other trial has, <c>NAME=value</c>.</param>
    internal TreeMembers(int root, string mark)
    {
        _root = root;
        _mark = Encoding.UTF8.GetBytes(mark);
        _sessions.Add(root);
    }

    /// <summary>The members at the last <see cref="Refresh"/>, zombies included.</summary>
    internal IReadOnlyDictionary<int, ProcStat> Members => _members;

    /// <summary>Looks for new members and forgets those that are gone.</summary>
    /// <param name="thorough">Whether processes that did not belong are looked at again.</param>
    internal void Refresh(bool thorough = false)
    {
        if (thorough || ++_refreshes % RefreshesToForget == 0)
            _others.Clear();
        var seen = new HashSet<int>();
        var candidates = new List<ProcStat>();
        foreach (var id in ProcFile.Processes())
        {
            seen.Add(id);
            if (!_others.Contains(id) && ProcStat.Read(id) is { } stat)
                candidates.Add(stat);
        }

        foreach (var gone in _members.Keys.Where(id => !seen.Contains(id)).ToList())
            _members.Remove(gone);
        while (candidates.RemoveAll(Join) > 0)
        {
            // a parent that joined may bring its children
        }

        foreach (var stat in candidates)
        {
            _members.Remove(stat.Id);
            _others.Add(stat.Id);
        }
    }

    private bool Join(ProcStat stat)
    {
        var known = _members.TryGetValue(stat.Id, out var before) && before.StartTicks == stat.StartTicks;
        if (!known && !Belongs(stat))
            return false;
        _members[stat.Id] = stat;
        if (stat.Session != OwnSession)
            _sessions.Add(stat.Session);
        return true;
    }

    private bool Belongs(ProcStat stat) =>
        stat.Id == _root
        || _members.ContainsKey(stat.Parent)
        || _sessions.Contains(stat.Session)
        || (IsStray(stat) && (LiveProcesses.Trees <= 1 || ProcFile.HasVariable(stat.Id, _mark)));

    /// <summary>Whether a process is an orphan of a trial: a child of this program, in another session, that it did not start itself.</summary>
    /// <param name="stat">The process.</param>
    internal static bool IsStray(ProcStat stat) =>
        stat.Parent == Environment.ProcessId && stat.Session != OwnSession && !LiveProcesses.Contains(stat.Id);

    private static int OwnSession { get; } = OperatingSystem.IsWindows() ? 0 : NativeMethods.SessionOf(0);
}
