using System.Globalization;
using System.Runtime.InteropServices;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Kernel;

namespace Experiments.Engine.Machines;

/// <summary>The CPU: its model, and how much of it this program may use.</summary>
internal static class CpuInformation
{
    /// <summary>The model's name.</summary>
    internal static string Model()
    {
        var lines = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo") : [];
        var model = lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) ?? "";
        return model.Contains(':', StringComparison.Ordinal) ? model[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.OSArchitecture.ToString();
    }

    /// <summary>Cores of the machine, whoever may use them.</summary>
    internal static int MachineCores()
    {
        const string File = "/sys/devices/system/cpu/online";
        return System.IO.File.Exists(File) ? CountList(System.IO.File.ReadAllText(File)) : Environment.ProcessorCount;
    }

    /// <summary>Cores by affinity, cpuset and quota, whichever allows least; a quota may be a fraction.</summary>
    /// <param name="layout">Where this program sits.</param>
    internal static double UsableCores(ControlGroupLayout layout)
    {
        var allowed = AllowedCores();
        return Quotas(layout).Append(allowed).Min();
    }

    /// <summary>Counts the cores of a list such as <c>0-3,8</c>.</summary>
    /// <param name="list">The list.</param>
    internal static int CountList(string list) => list.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries).Sum(range =>
    {
        var ends = range.Split('-');
        return int.Parse(ends[^1], CultureInfo.InvariantCulture) - int.Parse(ends[0], CultureInfo.InvariantCulture) + 1;
    });

    private static int AllowedCores()
    {
        const string Key = "Cpus_allowed_list:";
        var lines = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status") : [];
        return lines.FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line
            ? CountList(line[Key.Length..])
            : Environment.ProcessorCount;
    }

    private static IEnumerable<double> Quotas(ControlGroupLayout layout)
    {
        if (layout is { Version2: { } own, Version2Root: { } root })
        {
            foreach (var folder in ControlGroupLayout.Upwards(own, root))
                if (Ratio(Text(Path.Combine(folder, "cpu.max")).Split(' ')) is { } cores)
                    yield return cores;
        }

        if (layout.Version1.TryGetValue("cpu", out var cpu) && layout.Version1Roots.TryGetValue("cpu", out var mount))
        {
            foreach (var folder in ControlGroupLayout.Upwards(cpu, mount))
                if (Ratio([Text(Path.Combine(folder, "cpu.cfs_quota_us")), Text(Path.Combine(folder, "cpu.cfs_period_us"))]) is { } cores)
                    yield return cores;
        }
    }

    /// <summary>Quota over period; null for <c>max</c>, <c>-1</c> and files that are not there.</summary>
    private static double? Ratio(string[] fields) =>
        fields.Length == 2
        && double.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var quota)
        && double.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var period)
        && quota > 0 && period > 0 ? quota / period : null;

    private static string Text(string path)
    {
        Span<byte> buffer = stackalloc byte[128];
        return System.Text.Encoding.ASCII.GetString(buffer[..ProcFile.Read(path, buffer)]).Trim();
    }
}
