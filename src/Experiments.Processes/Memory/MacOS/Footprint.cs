using System.Buffers.Binary;

namespace Experiments.Processes.Memory.MacOS;

/// <summary>
/// The memory of one process on macOS, by <c>struct rusage_info_v4</c>; see bsd/sys/resource.h of https://github.com/apple-oss-distributions/xnu.
/// </summary>
/// <param name="Bytes"><c>ri_phys_footprint</c>: private memory, compressed or not, as Activity Monitor shows it.</param>
/// <param name="MostBytes"><c>ri_lifetime_max_phys_footprint</c>: its highest since the process began.</param>
/// <param name="Started"><c>ri_proc_start_abstime</c>: tells two processes of the same number apart.</param>
internal readonly record struct Footprint(long Bytes, long MostBytes, long Started)
{
    /// <summary>RUSAGE_INFO_V4.</summary>
    internal const int Flavor = 4;

    /// <summary>Bytes of the struct: an identifier of 16, then 35 numbers of 8.</summary>
    internal const int StructBytes = 296;

    /// <summary>Reads the struct.</summary>
    /// <param name="usage">Its bytes.</param>
    internal static Footprint Of(ReadOnlySpan<byte> usage) => new(
        BinaryPrimitives.ReadInt64LittleEndian(usage[72..]),
        BinaryPrimitives.ReadInt64LittleEndian(usage[240..]),
        BinaryPrimitives.ReadInt64LittleEndian(usage[80..]));
}
