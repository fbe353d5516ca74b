using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Experiments.Processes.Kernel;

/// <summary>A file of the kernel that is kept open and read again and again from its start.</summary>
internal sealed class KernelFile(string path) : IDisposable
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
    private readonly byte[] _buffer = new byte[8192];

    /// <summary>Its text now; valid until the next call.</summary>
    internal ReadOnlySpan<byte> Read() => _buffer.AsSpan(0, RandomAccess.Read(_handle, _buffer, 0));

    /// <inheritdoc />
    public void Dispose() => _handle.Dispose();

    /// <summary>Reads a number from a file that may not be there.</summary>
    /// <param name="path">The file.</param>
    internal static long? Number(string path)
    {
        Span<byte> buffer = stackalloc byte[64];
        return Utf8Parser.TryParse(buffer[..ProcFile.Read(path, buffer)], out long value, out _) ? value : null;
    }

    /// <summary>Reads the process numbers of a <c>cgroup.procs</c>.</summary>
    /// <param name="path">The file.</param>
    internal static IReadOnlyList<int> Processes(string path)
    {
        var buffer = new byte[64 * 1024];
        ReadOnlySpan<byte> text = buffer.AsSpan(0, ProcFile.Read(path, buffer));
        var ids = new List<int>();
        while (Utf8Parser.TryParse(text, out int id, out var read))
        {
            ids.Add(id);
            text = text[Math.Min(read + 1, text.Length)..];
        }

        return ids;
    }
}
