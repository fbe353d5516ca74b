using System.Buffers.Text;

namespace Experiments.Processes.Kernel;

/// <summary>The memory of one process by <c>/proc</c>; see proc_pid_statm(5).</summary>
/// <param name="ResidentBytes">Resident set: all pages that are mapped and in memory.</param>
/// <param name="AnonymousBytes">The private part of it: heaps and stacks, pages shared copy-on-write included.</param>
internal readonly record struct ProcessMemory(long ResidentBytes, long AnonymousBytes)
{
    /// <summary>Reads <c>statm</c>, 4 µs; zero for a process that is gone.</summary>
    /// <param name="id">The process.</param>
    internal static ProcessMemory Read(int id)
    {
        Span<byte> buffer = stackalloc byte[128];
        return Parse(buffer[..ProcFile.Read($"/proc/{id}/statm", buffer)], Environment.SystemPageSize);
    }

    /// <summary>Parses <c>size resident shared …</c>, in pages.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="pageBytes">Bytes of a page.</param>
    internal static ProcessMemory Parse(ReadOnlySpan<byte> text, int pageBytes)
    {
        Span<long> fields = stackalloc long[3];
        for (var field = 0; field < fields.Length; field++)
        {
            if (!Utf8Parser.TryParse(text, out fields[field], out var read))
                return default;
            text = text[Math.Min(read + 1, text.Length)..];
        }

        return new ProcessMemory(fields[1] * pageBytes, Math.Max(fields[1] - fields[2], 0) * pageBytes);
    }

    /// <summary>
    /// The process's proportional part of anonymous memory (<c>Pss_Anon</c> and <c>SwapPss</c> of <c>smaps_rollup</c>), in bytes;
    /// null when it is gone or may not be read. Slow, and the process cannot map memory meanwhile.
    /// </summary>
    /// <param name="id">The process.</param>
    internal static long? ReadProportional(int id)
    {
        Span<byte> buffer = stackalloc byte[2048];
        ReadOnlySpan<byte> text = buffer[..ProcFile.Read($"/proc/{id}/smaps_rollup", buffer)];
        return text.IsEmpty ? null : 1024 * (FlatKeyed.Value(text, "Pss_Anon:"u8) + FlatKeyed.Value(text, "SwapPss:"u8));
    }
}
