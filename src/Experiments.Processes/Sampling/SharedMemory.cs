namespace Experiments.Processes.Sampling;

/// <summary>The space that processes pass batches through: <c>/dev/shm</c>, which a container often keeps small.</summary>
internal static class SharedMemory
{
    private const string Folder = "/dev/shm";
    private static readonly DriveInfo? Space = OperatingSystem.IsLinux() && Directory.Exists(Folder) ? new DriveInfo(Folder) : null;

    /// <summary>Free bytes; null where there is no such space.</summary>
    internal static long? FreeBytes() => Space?.AvailableFreeSpace;
}
