using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Experiments.Processes.Memory.MacOS;

/// <summary>macOS's <c>libproc</c>. It has not run on a real machine yet; what it hands on is tested from recorded bytes.</summary>
[SupportedOSPlatform("macos")]
internal sealed partial class LibProc : IFootprints
{
    private const string Library = "libproc";
    private const int MostChildren = 1024;

    /// <inheritdoc />
    public Footprint? Read(int process)
    {
        Span<byte> usage = stackalloc byte[Footprint.StructBytes];
        return ReadUsage(process, Footprint.Flavor, ref MemoryMarshal.GetReference(usage)) == 0 ? Footprint.Of(usage) : null;
    }

    /// <inheritdoc />
    public IReadOnlyList<int> Children(int process)
    {
        Span<int> children = stackalloc int[MostChildren];
        var count = ListChildren(process, ref MemoryMarshal.GetReference(children), MostChildren * sizeof(int));
        return children[..Math.Clamp(count, 0, MostChildren)].ToArray();
    }

    [LibraryImport(Library, EntryPoint = "proc_pid_rusage")]
    private static partial int ReadUsage(int process, int flavor, ref byte usage);

    /// <summary>Answers with a count, not with bytes.</summary>
    [LibraryImport(Library, EntryPoint = "proc_listchildpids")]
    private static partial int ListChildren(int parent, ref int children, int bytes);
}
