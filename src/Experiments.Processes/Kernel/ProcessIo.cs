namespace Experiments.Processes.Kernel;

/// <summary>What a process read and wrote by calls, itself and those that it waited for; see proc_pid_io(5).</summary>
/// <param name="ReadBytes">Bytes that reading calls returned, from files (cached or not), pipes and sockets; mapped files are not in it.</param>
/// <param name="WrittenBytes">Bytes that writing calls took.</param>
internal readonly record struct ProcessIo(long ReadBytes, long WrittenBytes)
{
    public static ProcessIo operator +(ProcessIo a, ProcessIo b) => new(a.ReadBytes + b.ReadBytes, a.WrittenBytes + b.WrittenBytes);

    /// <summary>
    /// What the processes of a tree read and wrote so far. Read once, when its main process has ended and nobody has waited for it yet: what the kernel knows of a process
    /// stays until then, and holds all that the process itself waited for. Sums of readings in between would count those twice.
    /// </summary>
    /// <param name="processes">The tree's processes.</param>
    /// <returns>Null where the system does not tell.</returns>
    internal static ProcessIo? Of(IEnumerable<int> processes)
    {
        ProcessIo? total = null;
        foreach (var id in processes)
        {
            if (Read(id) is { } io)
                total = (total ?? default) + io;
        }

        return total;
    }

    /// <summary>Parses lines such as <c>rchar: 52086732</c>; null where they are missing.</summary>
    /// <param name="text">The file's text.</param>
    internal static ProcessIo? Parse(ReadOnlySpan<byte> text) =>
        text.StartsWith("rchar:"u8) ? new ProcessIo(FlatKeyed.Value(text, "rchar:"u8), FlatKeyed.Value(text, "wchar:"u8)) : null;

    private static ProcessIo? Read(int id)
    {
        Span<byte> buffer = stackalloc byte[512];
        return Parse(buffer[..ProcFile.Read($"/proc/{id}/io", buffer)]);
    }
}
