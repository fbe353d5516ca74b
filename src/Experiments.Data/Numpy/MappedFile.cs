using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Experiments.Data.Numpy;

/// <summary>A file as memory, read only. Nothing of it is read before it is touched.</summary>
internal sealed unsafe partial class MappedFile : IDisposable
{
    private const int WillNeed = 3;

    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;

    /// <exception cref="DataFormatException">The file cannot be opened.</exception>
    public MappedFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0);
            Length = stream.Length;
            if (Length == 0)
            {
                return;
            }

            _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* start = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            Start = start + _view.PointerOffset;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Dispose();
            throw new DataFormatException(DataFault.Unreadable, path, "file", "a readable file", problem.Message.TrimEnd('.'));
        }
    }

    /// <summary>First byte; null for an empty file.</summary>
    public byte* Start { get; private set; }

    public long Length { get; }

    /// <summary>Asks the system to read a range from disk in the background.</summary>
    public void ReadAhead(long offset, long bytes)
    {
        if (OperatingSystem.IsLinux() && bytes > 0)
        {
            var (start, length) = Pages(offset, bytes);
            _ = Advise(start, length, WillNeed);
        }
    }

    /// <summary>Whether a range's first page is in memory; true where the system does not tell.</summary>
    public bool IsResident(long offset)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        byte resident = 1;
        var (start, _) = Pages(offset, 1);
        return InCore(start, 1, &resident) != 0 || (resident & 1) != 0;
    }

    public void Dispose()
    {
        if (Start is not null)
        {
            Start = null;
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        _view?.Dispose();
        _file?.Dispose();
    }

    private (nint Start, nint Length) Pages(long offset, long bytes)
    {
        var page = Environment.SystemPageSize;
        var first = ((long)Start + offset) / page * page;
        return ((nint)first, (nint)((long)Start + offset + bytes - first));
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nint length, int advice);

    [LibraryImport("libc", EntryPoint = "mincore")]
    private static partial int InCore(nint address, nint length, byte* resident);
}
