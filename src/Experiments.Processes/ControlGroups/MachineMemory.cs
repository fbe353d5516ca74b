using System.Text;
using Experiments.Processes.Kernel;

namespace Experiments.Processes.ControlGroups;

/// <summary>The memory of the machine, or of the container that this program runs in.</summary>
internal static class MachineMemory
{
    private const long NoLimit = 1L << 60; // version 1 writes a huge number where there is no limit

    /// <summary>A field of <c>/proc/meminfo</c> in bytes; 0 where there is none.</summary>
    /// <param name="key">The field with its colon, such as <c>MemAvailable:</c>.</param>
    internal static long Read(string key)
    {
        Span<byte> buffer = stackalloc byte[4096];
        return 1024 * FlatKeyed.Value(buffer[..ProcFile.Read("/proc/meminfo", buffer)], Encoding.ASCII.GetBytes(key));
    }

    /// <summary>Memory that may be used at all: the machine's, or the tightest limit of the groups around this program.</summary>
    /// <param name="layout">Where this program sits.</param>
    internal static long TotalBytes(ControlGroupLayout layout)
    {
        var total = OperatingSystem.IsLinux() ? Read("MemTotal:") : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return Limits(layout).Select(limit => limit.Bytes).Append(total).Min();
    }

    /// <summary>Memory that a trial can take now without swapping or touching a limit.</summary>
    /// <param name="layout">Where this program sits.</param>
    internal static long AvailableBytes(ControlGroupLayout layout)
    {
        if (!OperatingSystem.IsLinux())
            return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetGCMemoryInfo().MemoryLoadBytes;
        return Limits(layout).Select(limit => Math.Max(limit.Bytes - limit.UsedBytes, 0)).Append(Read("MemAvailable:")).Min();
    }

    private static IEnumerable<(long Bytes, long UsedBytes)> Limits(ControlGroupLayout layout)
    {
        if (layout is { Version2: { } own, Version2Root: { } root })
        {
            foreach (var folder in ControlGroupLayout.Upwards(own, root))
                if (KernelFile.Number(Path.Combine(folder, "memory.max")) is { } limit)
                    yield return (limit, Used(folder, "memory.current", "inactive_file "));
        }

        if (layout.Version1.TryGetValue("memory", out var memory) && layout.Version1Roots.TryGetValue("memory", out var mount))
        {
            foreach (var folder in ControlGroupLayout.Upwards(memory, mount))
                if (KernelFile.Number(Path.Combine(folder, "memory.limit_in_bytes")) is { } limit and < NoLimit)
                    yield return (limit, Used(folder, "memory.usage_in_bytes", "total_inactive_file "));
        }
    }

    /// <summary>What cannot be reclaimed at once: the use without idle page cache, as container runtimes count a working set.</summary>
    private static long Used(string folder, string file, string idleKey)
    {
        var buffer = new byte[8192];
        var idle = FlatKeyed.Value(buffer.AsSpan(0, ProcFile.Read(Path.Combine(folder, "memory.stat"), buffer)), Encoding.ASCII.GetBytes(idleKey));
        return Math.Max((KernelFile.Number(Path.Combine(folder, file)) ?? 0) - idle, 0);
    }
}
