using System.Globalization;
using Experiments.Processes.Kernel;

namespace Experiments.Processes.ControlGroups;

/// <summary>A control group of version 2 with the memory controller; see https://docs.kernel.org/admin-guide/cgroup-v2.html.</summary>
internal sealed class ControlGroupV2 : IControlGroup
{
    private readonly string _folder;
    private readonly KernelFile _stat;
    private readonly KernelFile _events;

    private ControlGroupV2(string folder)
    {
        _folder = folder;
        Folders = [folder];
        Freezer = GroupFreezer.Of(Folders);
        ProcessFiles = [Path.Combine(folder, "cgroup.procs")];
        _stat = new KernelFile(Path.Combine(folder, "memory.stat"));
        _events = new KernelFile(Path.Combine(folder, "memory.events"));
    }

    /// <inheritdoc />
    public IReadOnlyList<string> ProcessFiles { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> Folders { get; }

    /// <inheritdoc />
    public GroupFreezer? Freezer { get; }

    /// <summary>Makes a group.</summary>
    /// <param name="parent">A folder whose <c>cgroup.subtree_control</c> has memory.</param>
    /// <param name="name">The group's name.</param>
    /// <param name="limitBytes">Most memory, or null.</param>
    /// <exception cref="IOException">The group cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The rights are missing.</exception>
    internal static ControlGroupV2 Create(string parent, string name, long? limitBytes)
    {
        var folder = Path.Combine(parent, name);
        Directory.CreateDirectory(folder);
        if (limitBytes is { } limit)
        {
            File.WriteAllText(Path.Combine(folder, "memory.max"), limit.ToString(CultureInfo.InvariantCulture));
            ControlGroupFiles.TryWrite(Path.Combine(folder, "memory.oom.group"), "1"); // the whole tree, not one worker
        }

        return new ControlGroupV2(folder);
    }

    /// <inheritdoc />
    public IReadOnlyList<int> Processes() => KernelFile.Processes(ProcessFiles[0]);

    /// <inheritdoc />
    public void Kill()
    {
        if (ControlGroupFiles.TryWrite(Path.Combine(_folder, "cgroup.kill"), "1")) // Linux 5.14
            return;
        ControlGroupFiles.TryWrite(Path.Combine(_folder, "pids.max"), "0");
        foreach (var id in Processes())
            _ = NativeMethods.Kill(id, NativeMethods.SignalKill);
    }

    /// <inheritdoc />
    public MemoryReading ReadMemory() => ParseStat(_stat.Read(), KernelFile.Number(Path.Combine(_folder, "memory.swap.current")) ?? 0);

    /// <inheritdoc />
    public double? CpuSeconds() => CpuSecondsOf(_folder);

    /// <inheritdoc />
    public Pressure? ReadPressure() => Pressure.OfGroup(_folder);

    /// <inheritdoc />
    public long? PeakCounterBytes() => KernelFile.Number(Path.Combine(_folder, "memory.peak")); // Linux 5.19

    /// <inheritdoc />
    public long OutOfMemoryKills() => FlatKeyed.CountOf(_events, "oom_kill "u8);

    /// <inheritdoc />
    public void Dispose()
    {
        _stat.Dispose();
        _events.Dispose();
        ControlGroupFiles.TryRemove(_folder);
    }

    /// <summary>Reads <c>cpu.stat</c>, which every group of version 2 has, whatever its controllers; null where it is not there.</summary>
    /// <param name="folder">The group.</param>
    internal static double? CpuSecondsOf(string folder)
    {
        Span<byte> buffer = stackalloc byte[1024];
        ReadOnlySpan<byte> text = buffer[..ProcFile.Read(Path.Combine(folder, "cpu.stat"), buffer)];
        return text.IsEmpty ? null : FlatKeyed.Value(text, "usage_usec "u8) / 1e6;
    }

    /// <summary>Reads <c>memory.stat</c> of version 2; <c>file</c> includes <c>shmem</c>.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="swapBytes">The group's swap.</param>
    internal static MemoryReading ParseStat(ReadOnlySpan<byte> text, long swapBytes)
    {
        var shared = FlatKeyed.Value(text, "shmem "u8);
        return new MemoryReading(
            FlatKeyed.Value(text, "anon "u8), shared, Math.Max(FlatKeyed.Value(text, "file "u8) - shared, 0), swapBytes);
    }
}
