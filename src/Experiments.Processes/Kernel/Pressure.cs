using System.Buffers.Text;

namespace Experiments.Processes.Kernel;

/// <summary>
/// Time in which tasks stood still for want of a resource, in seconds since the group or the machine began; see
/// https://docs.kernel.org/accounting/psi.html. A value is null where the kernel does not tell.
/// </summary>
/// <param name="CpuSome">Some task waited for a core.</param>
/// <param name="MemorySome">Some task waited for memory.</param>
/// <param name="MemoryFull">All tasks that were not idle did.</param>
/// <param name="IoSome">Some task waited for storage.</param>
/// <param name="IoFull">All tasks that were not idle did.</param>
internal readonly record struct Pressure(double? CpuSome, double? MemorySome, double? MemoryFull, double? IoSome, double? IoFull)
{
    /// <summary>The machine's files.</summary>
    internal const string MachineFolder = "/proc/pressure";

    public static Pressure operator -(Pressure a, Pressure b) => new(
        a.CpuSome - b.CpuSome, a.MemorySome - b.MemorySome, a.MemoryFull - b.MemoryFull, a.IoSome - b.IoSome, a.IoFull - b.IoFull);

    /// <summary>Reads a group's files, <c>cpu.pressure</c> and so on; null where it has none.</summary>
    /// <param name="folder">The group, of version 2.</param>
    internal static Pressure? OfGroup(string folder) => Read(folder, ".pressure");

    /// <summary>Reads the machine's files; null where there are none.</summary>
    internal static Pressure? OfMachine() => OperatingSystem.IsLinux() ? Read(MachineFolder, "") : null;

    /// <summary>Parses a total of a pressure file, in seconds; null where the line is missing.</summary>
    /// <param name="text">The file's text: lines such as <c>some avg10=0.12 avg60=0.00 avg300=0.00 total=175503</c>, in microseconds.</param>
    /// <param name="line"><c>some</c> or <c>full</c>, with the space after it.</param>
    internal static double? Parse(ReadOnlySpan<byte> text, ReadOnlySpan<byte> line)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var row = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            var total = row.IndexOf("total="u8);
            if (row.StartsWith(line) && total >= 0 && Utf8Parser.TryParse(row[(total + 6)..], out long microseconds, out _))
                return microseconds / 1e6;
        }

        return null;
    }

    private static Pressure? Read(string folder, string ending)
    {
        var (cpu, _) = Stalled(Path.Combine(folder, "cpu" + ending));
        var (memorySome, memoryFull) = Stalled(Path.Combine(folder, "memory" + ending));
        var (ioSome, ioFull) = Stalled(Path.Combine(folder, "io" + ending));
        return (cpu ?? memorySome ?? ioSome) is null ? null : new Pressure(cpu, memorySome, memoryFull, ioSome, ioFull);
    }

    private static (double? Some, double? Full) Stalled(string path)
    {
        Span<byte> buffer = stackalloc byte[256];
        ReadOnlySpan<byte> text = buffer[..ProcFile.Read(path, buffer)];
        return (Parse(text, "some "u8), Parse(text, "full "u8));
    }
}
