using System.Runtime.InteropServices;

namespace Experiments.Data.Pooling;

/// <summary>What is asked of Linux for the pages of large buffers. Elsewhere, and where Linux refuses, nothing changes.</summary>
internal static unsafe partial class PageAdvice
{
    private const long HugePageBytes = 2 << 20;
    private const long LargeBytes = 1 << 20;
    private const int DoNotNeed = 4;
    private const int UseHugePages = 14;
    private const int PopulateWrite = 23;
    private static volatile bool _populates = OperatingSystem.IsLinux();

    /// <summary>Asks for 2 MiB pages: their first touch costs a fifth, for page faults are what loaders spend their time on.</summary>
    public static void UseHuge(byte* memory, long bytes)
    {
        var (start, end) = Inner(memory, bytes, HugePageBytes);
        if (OperatingSystem.IsLinux() && end > start)
        {
            _ = Advise((nint)(memory + start), (nint)(end - start), UseHugePages);
        }
    }

    /// <summary>
    /// Makes large memory zero by giving its pages back: the system hands zeroed ones out when they are touched, and those that
    /// nothing is written to are never touched (madvise(2), MADV_DONTNEED on private anonymous memory).
    /// </summary>
    /// <returns>Whether the memory is zero now.</returns>
    public static bool TryZero(byte* memory, long bytes)
    {
        if (!OperatingSystem.IsLinux() || bytes < LargeBytes)
        {
            return false;
        }

        var (start, end) = Inner(memory, bytes, Environment.SystemPageSize);
        if (Advise((nint)(memory + start), (nint)(end - start), DoNotNeed) != 0)
        {
            return false;
        }

        NativeMemory.Clear(memory, (nuint)start);
        NativeMemory.Clear(memory + end, (nuint)(bytes - end));
        return true;
    }

    /// <summary>
    /// Has the system hand out pages that are about to be written to, in one call: that takes half of what a fault for each of them does (MADV_POPULATE_WRITE, Linux 5.14 and newer).
    /// </summary>
    public static void Populate(byte* memory, long bytes)
    {
        var (start, end) = Inner(memory, bytes, Environment.SystemPageSize);
        if (_populates && end > start && Advise((nint)(memory + start), (nint)(end - start), PopulateWrite) != 0)
        {
            _populates = false;
        }
    }

    // Whole pages within a block, as offsets from its start.
    private static (long Start, long End) Inner(byte* memory, long bytes, long page)
    {
        var at = (long)memory;
        return (((at + page - 1) / page * page) - at, ((at + bytes) / page * page) - at);
    }

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(nint address, nint length, int advice);
}
