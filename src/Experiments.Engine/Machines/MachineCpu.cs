using System.Buffers.Text;
using Experiments.Processes.Kernel;

namespace Experiments.Engine.Machines;

/// <summary>CPU time of the whole machine, all cores together, by <c>/proc/stat</c>; see proc_stat(5). In a container it is the host's.</summary>
/// <param name="BusySeconds">Time in user code, the kernel and interrupts; what guests of this machine took is in the user's part.</param>
/// <param name="StolenSeconds">Time that the hypervisor gave to others while there was work.</param>
/// <param name="TotalSeconds">All time that was counted, idle too.</param>
internal readonly record struct MachineCpu(double BusySeconds, double StolenSeconds, double TotalSeconds)
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux

    public static MachineCpu operator -(MachineCpu a, MachineCpu b) =>
        new(a.BusySeconds - b.BusySeconds, a.StolenSeconds - b.StolenSeconds, a.TotalSeconds - b.TotalSeconds);

    /// <summary>The time since boot; null where the system does not tell.</summary>
    internal static MachineCpu? Read()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> buffer = stackalloc byte[512]; // the first line is all that counts
        return Parse(buffer[..ProcFile.Read("/proc/stat", buffer)]);
    }

    /// <summary>Parses the first line: <c>cpu user nice system idle iowait irq softirq steal guest guest_nice</c>, in clock ticks.</summary>
    /// <param name="text">The file's text.</param>
    internal static MachineCpu? Parse(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("cpu "u8))
            return null;
        text = text[4..].TrimStart((byte)' ');
        Span<long> ticks = stackalloc long[8]; // guest time, the ninth and tenth, is in user and nice already
        for (var field = 0; field < ticks.Length; field++)
        {
            if (!Utf8Parser.TryParse(text, out ticks[field], out var read))
                return null;
            text = text[Math.Min(read + 1, text.Length)..];
        }

        var busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
        return new MachineCpu(busy / TicksPerSecond, ticks[7] / TicksPerSecond, (busy + ticks[3] + ticks[4] + ticks[7]) / TicksPerSecond);
    }
}
