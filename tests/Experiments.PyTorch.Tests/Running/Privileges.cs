using System.Diagnostics;

namespace Experiments.PyTorch.Tests.Running;

/// <summary>What only a privileged user may do: mounts in a namespace, memory groups.</summary>
internal static class Privileges
{
    private static readonly Lazy<Task<bool>> Mounts = new(() => SucceedsAsync("unshare -m sh -c 'mount -t tmpfs tmpfs /dev/shm'"));
    private static readonly Lazy<Task<bool>> MemoryGroups = new(() => SucceedsAsync(MemoryGroup.Probe));

    public static async Task RequireMountsAsync() =>
        Requirement.Met("mounts", await Mounts.Value, "mounting a tmpfs needs CAP_SYS_ADMIN");

    public static async Task RequireMemoryGroupsAsync() =>
        Requirement.Met("cgroup", await MemoryGroups.Value, "no memory cgroup can be made here");

    private static async Task<bool> SucceedsAsync(string command)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
