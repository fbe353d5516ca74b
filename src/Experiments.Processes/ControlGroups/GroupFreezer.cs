using Experiments.Processes.Kernel;

namespace Experiments.Processes.ControlGroups;

/// <summary>
/// Stops and continues all processes of a control group: <c>cgroup.freeze</c> of version 2 (Linux 5.2), which needs no controller, or the freezer controller of version 1;
/// see https://docs.kernel.org/admin-guide/cgroup-v2.html#core-interface-files and https://docs.kernel.org/admin-guide/cgroup-v1/freezer-subsystem.html.
/// </summary>
internal sealed class GroupFreezer
{
    private readonly string _order;
    private readonly string _state;

    private GroupFreezer(string method, string order, string state) => (Method, _order, _state) = (method, order, state);

    /// <summary><c>cgroup-v2</c> or <c>cgroup-v1</c>.</summary>
    internal string Method { get; }

    /// <summary>The freezer of a group that has these folders; null where none of them has one.</summary>
    /// <param name="folders">The folders.</param>
    internal static GroupFreezer? Of(IEnumerable<string> folders)
    {
        foreach (var folder in folders)
        {
            var (second, first) = (Path.Combine(folder, "cgroup.freeze"), Path.Combine(folder, "freezer.state"));
            if (File.Exists(second))
                return new GroupFreezer("cgroup-v2", second, Path.Combine(folder, "cgroup.events"));
            if (File.Exists(first))
                return new GroupFreezer("cgroup-v1", first, first);
        }

        return null;
    }

    /// <summary>Asks the kernel to stop the group, or to let it go on.</summary>
    /// <param name="frozen">Which.</param>
    /// <returns>False when the kernel refuses, or the group is gone.</returns>
    internal bool Ask(bool frozen) => ControlGroupFiles.TryWrite(_order, Method == "cgroup-v2" ? frozen ? "1" : "0" : frozen ? "FROZEN" : "THAWED");

    /// <summary>
    /// Stops a group once more that is stopped in part: version 1 stays in FREEZING for good where a process forked or became another program at the wrong moment.
    /// </summary>
    internal void AskAgain()
    {
        if (Method != "cgroup-v1")
            return;
        Ask(frozen: false);
        Ask(frozen: true);
    }

    /// <summary>Whether the kernel says that all processes are stopped, or that none is.</summary>
    /// <param name="frozen">Which.</param>
    internal bool IsConfirmed(bool frozen)
    {
        Span<byte> buffer = stackalloc byte[256];
        ReadOnlySpan<byte> text = buffer[..ProcFile.Read(_state, buffer)];
        return Method == "cgroup-v2"
            ? FlatKeyed.Value(text, "frozen "u8) == (frozen ? 1 : 0)
            : text.StartsWith(frozen ? "FROZEN"u8 : "THAWED"u8);
    }
}
