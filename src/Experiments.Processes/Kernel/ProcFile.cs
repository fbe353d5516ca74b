using System.IO.Enumeration;

namespace Experiments.Processes.Kernel;

/// <summary>Reads small files of <c>/proc</c> and control groups without exceptions: a process that is gone is no error, and a throw costs more than the read.</summary>
internal static class ProcFile
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC of Linux

    private static readonly EnumerationOptions Flat = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    /// <summary>Reads a file's start.</summary>
    /// <param name="path">The file.</param>
    /// <param name="buffer">Where to.</param>
    /// <returns>Bytes read; 0 when there is no such file, or no Linux.</returns>
    internal static int Read(string path, Span<byte> buffer)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var descriptor = NativeMethods.Open(path, CloseOnExec);
        if (descriptor < 0)
            return 0;
        var total = 0;
        while (total < buffer.Length)
        {
            var read = (int)NativeMethods.Read(descriptor, ref buffer[total], buffer.Length - total);
            if (read <= 0)
                break;
            total += read;
        }

        _ = NativeMethods.Close(descriptor);
        return total;
    }

    /// <summary>The numbers of all processes.</summary>
    internal static IEnumerable<int> Processes() =>
        new FileSystemEnumerable<int>("/proc", (ref entry) => int.Parse(entry.FileName, System.Globalization.CultureInfo.InvariantCulture), Flat)
        {
            ShouldIncludePredicate = (ref entry) => entry.FileName[0] is >= '1' and <= '9',
        };

    /// <summary>Whether a process was started with a variable, and has not cleared its environment since.</summary>
    /// <param name="id">The process.</param>
    /// <param name="mark"><c>NAME=value</c> in UTF-8.</param>
    internal static bool HasVariable(int id, ReadOnlySpan<byte> mark)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            ReadOnlySpan<byte> text = buffer.AsSpan(0, Read($"/proc/{id}/environ", buffer));
            for (var at = text.IndexOf(mark); at >= 0; at = text.IndexOf(mark))
            {
                var end = at + mark.Length;
                if ((at == 0 || text[at - 1] == 0) && (end == text.Length || text[end] == 0))
                    return true;
                text = text[end..];
            }

            return false;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
