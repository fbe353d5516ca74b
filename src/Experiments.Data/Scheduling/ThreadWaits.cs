using System.Runtime.InteropServices;

namespace Experiments.Data.Scheduling;

/// <summary>
/// How often the calling thread has given its core up to wait for something (getrusage(2), ru_nvcsw of RUSAGE_THREAD, Linux): a disk, a lock, a server. To be put off
/// a core for another thread's sake is not a wait.
/// </summary>
internal static unsafe partial class ThreadWaits
{
    private const int ThisThread = 1;
    private const int Fields = 18;
    private const int VoluntarySwitches = 16;

    /// <summary>The count so far; null where the system does not tell.</summary>
    public static long? Count()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return null;
        }

        var usage = stackalloc long[Fields];
        return Usage(ThisThread, usage) == 0 ? usage[VoluntarySwitches] : null;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int Usage(int who, long* usage);
}
