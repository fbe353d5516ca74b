namespace Experiments.Processes;

/// <summary>What the kernel charged to a process and to the descendants that it, or the engine after it, waited for.</summary>
/// <param name="UserSeconds">CPU time in user code.</param>
/// <param name="SystemSeconds">CPU time in the kernel.</param>
/// <param name="VoluntarySwitches">Context switches because the process waited.</param>
/// <param name="InvoluntarySwitches">Context switches because its time was up.</param>
/// <param name="MinorFaults">Page faults without reading from disk.</param>
/// <param name="MajorFaults">Page faults that read from disk.</param>
/// <param name="BlocksRead">Blocks of 512 bytes read from disk.</param>
/// <param name="BlocksWritten">Blocks of 512 bytes written to disk.</param>
public readonly record struct ResourceUsage(
    double UserSeconds,
    double SystemSeconds,
    long VoluntarySwitches,
    long InvoluntarySwitches,
    long MinorFaults,
    long MajorFaults,
    long BlocksRead,
    long BlocksWritten)
{
    /// <summary>Machine words of <c>struct rusage</c> on 64-bit Linux and macOS.</summary>
    internal const int Words = 18;

    /// <summary>What two were charged together.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    public static ResourceUsage operator +(ResourceUsage a, ResourceUsage b) => new(
        a.UserSeconds + b.UserSeconds,
        a.SystemSeconds + b.SystemSeconds,
        a.VoluntarySwitches + b.VoluntarySwitches,
        a.InvoluntarySwitches + b.InvoluntarySwitches,
        a.MinorFaults + b.MinorFaults,
        a.MajorFaults + b.MajorFaults,
        a.BlocksRead + b.BlocksRead,
        a.BlocksWritten + b.BlocksWritten);

    /// <summary>Reads <c>struct rusage</c>: two times of two words, then fourteen words.</summary>
    /// <param name="words">The struct's words.</param>
    internal static ResourceUsage Of(ReadOnlySpan<long> words) => new(
        words[0] + ((int)words[1] / 1e6),
        words[2] + ((int)words[3] / 1e6),
        words[16],
        words[17],
        words[8],
        words[9],
        words[11],
        words[12]);
}
