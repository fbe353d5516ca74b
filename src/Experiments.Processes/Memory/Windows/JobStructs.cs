using System.Buffers.Binary;

namespace Experiments.Processes.Memory.Windows;

/// <summary>
/// The structs of <c>winnt.h</c> and <c>psapi.h</c> that job objects are asked and told with, laid out for 64-bit Windows. Pure; see
/// https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-jobobject_extended_limit_information.
/// </summary>
internal static class JobStructs
{
    /// <summary>JobObjectBasicProcessIdList.</summary>
    internal const int ProcessIdListClass = 3;

    /// <summary>JobObjectExtendedLimitInformation.</summary>
    internal const int ExtendedLimitClass = 9;

    /// <summary>Bytes of <c>JOBOBJECT_EXTENDED_LIMIT_INFORMATION</c>.</summary>
    internal const int ExtendedLimitBytes = 144;

    /// <summary>Bytes of <c>PROCESS_MEMORY_COUNTERS_EX</c>.</summary>
    internal const int ProcessCountersBytes = 80;

    private const uint LimitJobMemory = 0x200;
    private const uint KillOnJobClose = 0x2000;
    private const long NoLimit = 1L << 46;

    /// <summary>Writes the limits of a job whose processes end with it. A memory limit stands always: without one the job's memory need not be counted.</summary>
    /// <param name="limitBytes">Most committed memory of all processes together, or null.</param>
    /// <param name="information">A <c>JOBOBJECT_EXTENDED_LIMIT_INFORMATION</c>.</param>
    internal static void WriteLimits(long? limitBytes, Span<byte> information)
    {
        information.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(information[16..], LimitJobMemory | KillOnJobClose);
        BinaryPrimitives.WriteInt64LittleEndian(information[120..], limitBytes ?? NoLimit);
    }

    /// <summary><c>PeakJobMemoryUsed</c>: the most memory that all processes had committed together.</summary>
    /// <param name="information">A <c>JOBOBJECT_EXTENDED_LIMIT_INFORMATION</c>.</param>
    internal static long PeakBytes(ReadOnlySpan<byte> information) => BinaryPrimitives.ReadInt64LittleEndian(information[136..]);

    /// <summary>The processes of a <c>JOBOBJECT_BASIC_PROCESS_ID_LIST</c>.</summary>
    /// <param name="list">Two counts of four bytes (all, and how many of them follow), then numbers of eight.</param>
    internal static IReadOnlyList<int> Processes(ReadOnlySpan<byte> list)
    {
        var count = Math.Min((int)BinaryPrimitives.ReadUInt32LittleEndian(list[4..]), (list.Length - 8) / 8);
        var processes = new List<int>(count);
        for (var index = 0; index < count; index++)
            processes.Add((int)BinaryPrimitives.ReadInt64LittleEndian(list[(8 + (8 * index))..]));
        return processes;
    }

    /// <summary><c>PrivateUsage</c>: what a process has committed for itself, in bytes.</summary>
    /// <param name="counters">A <c>PROCESS_MEMORY_COUNTERS_EX</c>.</param>
    internal static long PrivateBytes(ReadOnlySpan<byte> counters) => BinaryPrimitives.ReadInt64LittleEndian(counters[72..]);
}
