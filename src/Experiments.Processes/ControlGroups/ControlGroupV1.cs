using System.Globalization;
using Experiments.Processes.Kernel;

namespace Experiments.Processes.ControlGroups;

/// <summary>
/// A control group of version 1 in the hierarchies <c>memory</c> and, where there is one, <c>pids</c>;
/// see https://docs.kernel.org/admin-guide/cgroup-v1/memory.html. <c>total_rss</c> is anonymous memory, not the resident set.
/// On a hybrid machine a group of version 2 stands beside it: without any controller it still counts CPU time and pressure, and stops the tree.
/// </summary>
internal sealed class ControlGroupV1 : IControlGroup
{
    private readonly string _memory;
    private readonly string? _pids;
    private readonly KernelFile _stat;
    private readonly KernelFile _outOfMemory;

    private readonly string? _unified;

    private ControlGroupV1(ControlGroupFolders folders)
    {
        (_memory, _pids, _unified) = (folders.Memory, folders.Pids, folders.Unified);
        Folders = folders.All;
        Freezer = GroupFreezer.Of(Folders);
        ProcessFiles = [.. Folders.Select(folder => Path.Combine(folder, "cgroup.procs"))];
        _stat = new KernelFile(Path.Combine(_memory, "memory.stat"));
        _outOfMemory = new KernelFile(Path.Combine(_memory, "memory.oom_control"));
    }

    /// <inheritdoc />
    public IReadOnlyList<string> ProcessFiles { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> Folders { get; }

    /// <inheritdoc />
    public GroupFreezer? Freezer { get; }

    /// <summary>Makes a group.</summary>
    /// <param name="parents">Where.</param>
    /// <param name="name">The group's name.</param>
    /// <param name="limitBytes">Most memory, or null.</param>
    /// <exception cref="IOException">The group cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The rights are missing.</exception>
    internal static ControlGroupV1 Create(ControlGroupFolders parents, string name, long? limitBytes)
    {
        var folders = parents.Below(name);
        foreach (var folder in folders.All.Reverse())
            Directory.CreateDirectory(folder); // memory last: where another may not be made, it is not left behind
        if (limitBytes is { } limit)
            File.WriteAllText(Path.Combine(folders.Memory, "memory.limit_in_bytes"), limit.ToString(CultureInfo.InvariantCulture));
        return new ControlGroupV1(folders);
    }

    /// <inheritdoc />
    public IReadOnlyList<int> Processes() => KernelFile.Processes(ProcessFiles[0]);

    /// <inheritdoc />
    public void Kill()
    {
        if (_pids is not null)
            ControlGroupFiles.TryWrite(Path.Combine(_pids, "pids.max"), "0"); // no more forks: the rounds end
        foreach (var id in Processes())
            _ = NativeMethods.Kill(id, NativeMethods.SignalKill);
        Freezer?.Ask(frozen: false); // version 1 ends nobody who is stopped
    }

    /// <inheritdoc />
    public MemoryReading ReadMemory() => ParseStat(_stat.Read());

    /// <inheritdoc />
    public double? CpuSeconds() => _unified is null ? null : ControlGroupV2.CpuSecondsOf(_unified);

    /// <inheritdoc />
    public Pressure? ReadPressure() => _unified is null ? null : Pressure.OfGroup(_unified);

    /// <inheritdoc />
    public long? PeakCounterBytes() => KernelFile.Number(Path.Combine(_memory, "memory.max_usage_in_bytes"));

    /// <inheritdoc />
    public long OutOfMemoryKills() => FlatKeyed.CountOf(_outOfMemory, "oom_kill "u8);

    /// <inheritdoc />
    public void Dispose()
    {
        _stat.Dispose();
        _outOfMemory.Dispose();
        foreach (var folder in Folders)
            ControlGroupFiles.TryRemove(folder);
    }

    /// <summary>Reads <c>memory.stat</c> of version 1; <c>total_cache</c> includes shared memory.</summary>
    /// <param name="text">The file's text.</param>
    internal static MemoryReading ParseStat(ReadOnlySpan<byte> text)
    {
        var shared = FlatKeyed.Value(text, "total_shmem "u8);
        return new MemoryReading(
            FlatKeyed.Value(text, "total_rss "u8),
            shared,
            Math.Max(FlatKeyed.Value(text, "total_cache "u8) - shared, 0),
            FlatKeyed.Value(text, "total_swap "u8));
    }
}
