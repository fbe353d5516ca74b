using System.Globalization;
using System.Runtime.InteropServices;

namespace Experiments.Data.Tests.Support;

/// <summary>Counts the worker threads of this process by their names, as the system sees them.</summary>
internal static partial class LoaderThreads
{
    /// <summary>Worker threads that are still there after a moment: a joined thread leaves the system's list a little later.</summary>
    public static int Count()
    {
        SpinWait.SpinUntil(() => Now() == 0, TimeSpan.FromSeconds(2));
        return Now();
    }

    /// <summary>Worker threads that are there now.</summary>
    public static int Now() => Directory.Exists("/proc/self/task")
        ? Directory.GetDirectories("/proc/self/task").Count(task => Name(task).StartsWith("loader", StringComparison.Ordinal))
        : 0;

    public static long AnonymousBytes() => Kilobytes("RssAnon:") * 1024;

    /// <summary>Gives all memory that nobody uses any more back to the system now.</summary>
    public static void ReleaseMemory()
    {
        for (var round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers(); // tensors that were forgotten
        }

        if (OperatingSystem.IsLinux())
        {
            _ = MallocTrim(0); // the C library keeps up to 64 MiB that were freed, and gives them back at any later free
        }
    }

    public static int Handles() => Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0;

    public static int Mappings() => File.Exists("/proc/self/maps") ? File.ReadAllLines("/proc/self/maps").Length : 0;

    private static long Kilobytes(string key)
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(key.Length).Trim()[..^3], CultureInfo.InvariantCulture);
    }

    private static string Name(string task)
    {
        try
        {
            return File.ReadAllText(task + "/comm");
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallocTrim(nuint pad);
}
