using System.Buffers.Text;

namespace Experiments.Processes.Kernel;

/// <summary>The fields of <c>/proc/PID/stat</c> that place a process; see proc_pid_stat(5).</summary>
/// <param name="Id">Process number.</param>
/// <param name="State">R, S, D, Z (ended, not reaped), …</param>
/// <param name="Parent">The parent's number.</param>
/// <param name="Session">The session's number.</param>
/// <param name="MinorFaults">Page faults without reading from disk.</param>
/// <param name="MajorFaults">Page faults that read from disk.</param>
/// <param name="UserTicks">CPU time in user code, in clock ticks.</param>
/// <param name="SystemTicks">CPU time in the kernel, in clock ticks.</param>
/// <param name="StartTicks">When it started, in clock ticks after boot.</param>
internal readonly record struct ProcStat(
    int Id, char State, int Parent, int Session, long MinorFaults, long MajorFaults, long UserTicks, long SystemTicks, long StartTicks)
{
    /// <summary>Whether it has ended and only its number is left.</summary>
    internal bool IsZombie => State is 'Z' or 'X';

    /// <summary>Reads a process's state, or null when it is gone.</summary>
    /// <param name="id">The process.</param>
    internal static ProcStat? Read(int id)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var length = ProcFile.Read($"/proc/{id}/stat", buffer);
        return length == 0 ? null : Parse(buffer[..length]);
    }

    /// <summary>Parses the line; the name in parentheses may hold spaces and parentheses itself.</summary>
    /// <param name="line">The file's text.</param>
    internal static ProcStat? Parse(ReadOnlySpan<byte> line)
    {
        var close = line.LastIndexOf((byte)')');
        if (close < 0 || !Utf8Parser.TryParse(line, out int id, out _) || close + 2 >= line.Length)
            return null;
        var rest = line[(close + 2)..];
        Span<long> fields = stackalloc long[22]; // fields[n]: field n of proc(5), from 1; state is the third
        for (var field = 4; field < 22 + 1; field++)
        {
            var space = rest.IndexOf((byte)' ');
            if (space < 0 || !Utf8Parser.TryParse(rest[(space + 1)..], out long value, out _))
                return null;
            rest = rest[(space + 1)..];
            fields[field - 1] = value;
        }

        return new ProcStat(
            id, (char)line[close + 2], (int)fields[3], (int)fields[5], fields[9], fields[11], fields[13], fields[14], fields[21]);
    }
}
