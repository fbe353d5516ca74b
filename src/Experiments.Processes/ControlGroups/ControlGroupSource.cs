using Experiments.Processes.Kernel;
using Experiments.Processes.Launching;

namespace Experiments.Processes.ControlGroups;

/// <summary>Makes control groups for trials where the machine allows it, and says why where it does not.</summary>
internal sealed class ControlGroupSource
{
    private const string ProbePrefix = "experiments-probe-";

    private readonly Func<string, long?, IControlGroup>? _create;

    private ControlGroupSource(string method, string? reason, Func<string, long?, IControlGroup>? create, IReadOnlyList<string> parents)
    {
        (Method, Reason, _create, Parents) = (method, reason, create, parents);
    }

    /// <summary><c>cgroup-v2</c>, <c>cgroup-v1</c> or <c>none</c>.</summary>
    internal string Method { get; }

    /// <summary>Why there are none; null when there are.</summary>
    internal string? Reason { get; }

    /// <summary>The folders in which groups are made.</summary>
    internal IReadOnlyList<string> Parents { get; }

    /// <summary>No control groups.</summary>
    /// <param name="reason">Why.</param>
    internal static ControlGroupSource None(string reason) => new("none", reason, null, []);

    /// <summary>Finds the best that works here, and proves it with a process.</summary>
    /// <param name="layout">Where this program sits.</param>
    /// <param name="launcher">Starts the process of the proof.</param>
    internal static ControlGroupSource Find(ControlGroupLayout layout, IProcessLauncher launcher)
    {
        if (!OperatingSystem.IsLinux())
            return None("control groups exist on Linux only");
        var reasons = new List<string>();
        foreach (var source in Candidates(layout))
        {
            if (source.Fault(launcher) is not { } fault)
                return source;
            reasons.Add($"{source.Method}: {fault}");
        }

        return None(reasons.Count > 0 ? string.Join("; ", reasons.Distinct()) : "no memory controller is mounted");
    }

    /// <summary>A group of this name; null where there are none, or it cannot be made now.</summary>
    /// <param name="name">The name, unique on the machine.</param>
    /// <param name="limitBytes">Most memory, or null.</param>
    internal IControlGroup? TryCreate(string name, long? limitBytes)
    {
        try
        {
            return _create?.Invoke(name, limitBytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<ControlGroupSource> Candidates(ControlGroupLayout layout)
    {
        if (layout is { Version2: { } own, Version2Root: { } root })
        {
            // Below the own group where that holds controllers already, else beside it (a delegated user session).
            foreach (var parent in ControlGroupLayout.Upwards(own, root).Take(2).Where(HandsDownMemory))
                yield return new ControlGroupSource("cgroup-v2", null, (name, limit) => ControlGroupV2.Create(parent, name, limit), [parent]);
        }

        if (layout.Version1.TryGetValue("memory", out var memory))
        {
            var here = new ControlGroupFolders(memory, layout.Version1.GetValueOrDefault("pids"), null, null);
            ControlGroupFolders[] candidates = [here with { Unified = layout.Version2 }, here with { Freezer = layout.Version1.GetValueOrDefault("freezer") }, here];
            foreach (var folders in candidates.Distinct())
                yield return new ControlGroupSource("cgroup-v1", null, (name, limit) => ControlGroupV1.Create(folders, name, limit), folders.All);
        }
    }

    private static bool HandsDownMemory(string parent)
    {
        Span<byte> text = stackalloc byte[256];
        if (Has(text[..ProcFile.Read(Path.Combine(parent, "cgroup.subtree_control"), text)]))
            return true;
        return Has(text[..ProcFile.Read(Path.Combine(parent, "cgroup.controllers"), text)])
            && ControlGroupFiles.TryWrite(Path.Combine(parent, "cgroup.subtree_control"), "+memory");

        static bool Has(ReadOnlySpan<byte> controllers) => controllers.IndexOf("memory"u8) >= 0;
    }

    /// <summary>Removes groups of programs that were killed while they probed.</summary>
    private void RemoveStaleProbes()
    {
        foreach (var folder in Parents.SelectMany(parent => Directory.EnumerateDirectories(parent, ProbePrefix + "*")).ToList())
        {
            if (!Directory.Exists("/proc/" + Path.GetFileName(folder)[ProbePrefix.Length..]))
                ControlGroupFiles.TryRemove(folder);
        }
    }

    private string? Fault(IProcessLauncher launcher)
    {
        try
        {
            RemoveStaleProbes();
            using var group = _create!($"{ProbePrefix}{Environment.ProcessId}", null);
            using var process = launcher.Start(new LaunchRequest
            {
                Program = "/bin/sh",
                Arguments = ["-c", "exit 0"],
                Environment = new Dictionary<string, string>(),
                WorkingDirectory = "/",
                StandardOutputFile = "/dev/null",
                StandardErrorFile = "/dev/null",
                ControlGroupFiles = group.ProcessFiles,
            });
            process.Ended.Wait(TimeSpan.FromSeconds(5));
            return process.Reap().ExitCode == 0 ? null : "a process may not be put into a group";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LaunchException)
        {
            return exception.Message;
        }
    }
}
