namespace Experiments.Processes.ControlGroups;

/// <summary>Where this program sits in the control group hierarchies, as <c>/proc/self/mountinfo</c> and <c>/proc/self/cgroup</c> tell; see cgroups(7).</summary>
internal sealed record ControlGroupLayout
{
    /// <summary>The program's folder in each version 1 hierarchy, by controller (<c>memory</c>, <c>pids</c>, <c>cpu</c>, …).</summary>
    public required IReadOnlyDictionary<string, string> Version1 { get; init; }

    /// <summary>The program's folder in the version 2 hierarchy, or null.</summary>
    public string? Version2 { get; init; }

    /// <summary>The mount point of the version 2 hierarchy, or null.</summary>
    public string? Version2Root { get; init; }

    /// <summary>The mount points of the version 1 hierarchies by controller.</summary>
    public required IReadOnlyDictionary<string, string> Version1Roots { get; init; }

    /// <summary>Reads this program's place; empty where there are no control groups.</summary>
    internal static ControlGroupLayout Read() =>
        OperatingSystem.IsLinux() && File.Exists("/proc/self/mountinfo") && File.Exists("/proc/self/cgroup")
            ? Parse(File.ReadAllText("/proc/self/mountinfo"), File.ReadAllText("/proc/self/cgroup"))
            : Parse("", "");

    /// <summary>Puts the two files together.</summary>
    /// <param name="mountInfo">Text of mountinfo: <c>id parent dev root mountpoint options … - type source superoptions</c>.</param>
    /// <param name="groups">Text of cgroup: <c>id:controllers:path</c>; version 2 has id 0 and no controllers.</param>
    internal static ControlGroupLayout Parse(string mountInfo, string groups)
    {
        var places = groups.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 3))
            .Where(fields => fields.Length == 3)
            .ToList();
        var version1 = new Dictionary<string, string>(StringComparer.Ordinal);
        var roots = new Dictionary<string, string>(StringComparer.Ordinal);
        string? version2 = null, version2Root = null;
        foreach (var line in mountInfo.Split('\n'))
        {
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-");
            if (dash < 5 || dash + 3 >= fields.Length)
                continue;
            var (root, mount, type) = (Unescape(fields[3]), Unescape(fields[4]), fields[dash + 1]);
            if (type == "cgroup2" && version2Root is null && places.Find(place => place[0] == "0" && place[1].Length == 0) is { } own)
                (version2, version2Root) = (Below(mount, root, own[2]), mount);
            if (type != "cgroup")
                continue;
            foreach (var controller in fields[dash + 3].Split(','))
            {
                if (places.Find(place => place[1].Split(',').Contains(controller)) is not { } at)
                    continue;
                version1.TryAdd(controller, Below(mount, root, at[2]));
                roots.TryAdd(controller, mount);
            }
        }

        return new ControlGroupLayout { Version1 = version1, Version1Roots = roots, Version2 = version2, Version2Root = version2Root };
    }

    /// <summary>A folder and its parents up to the mount point, for limits may stand on any of them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="root">The mount point.</param>
    internal static IEnumerable<string> Upwards(string folder, string root)
    {
        for (var at = folder; at.Length >= root.Length && at.StartsWith(root, StringComparison.Ordinal); at = Path.GetDirectoryName(at) ?? "")
            yield return at;
    }

    private static string Below(string mount, string root, string path)
    {
        // In a container the mount shows a part of the hierarchy, whose root the path may or may not name.
        var rest = root != "/" && path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path;
        if (rest.StartsWith("/..", StringComparison.Ordinal))
            rest = "";
        return Path.TrimEndingDirectorySeparator(mount + (rest.StartsWith('/') || rest.Length == 0 ? rest : "/" + rest));
    }

    private static string Unescape(string field) => field.Replace("\\040", " ", StringComparison.Ordinal);
}
