using Experiments.Processes.Kernel;

namespace Experiments.Processes.ControlGroups;

/// <summary>A control group of one trial: holds, measures, limits and ends its whole tree.</summary>
internal interface IControlGroup : IDisposable
{
    /// <summary>The files that a process writes itself into.</summary>
    IReadOnlyList<string> ProcessFiles { get; }

    /// <summary>The folders, for those who clean up after this program.</summary>
    IReadOnlyList<string> Folders { get; }

    /// <summary>Stops the whole tree and lets it go on; null where the machine gives no such thing.</summary>
    GroupFreezer? Freezer { get; }

    /// <summary>The processes inside.</summary>
    IReadOnlyList<int> Processes();

    /// <summary>Forbids new processes and ends those inside.</summary>
    void Kill();

    /// <summary>The memory of the tree now.</summary>
    MemoryReading ReadMemory();

    /// <summary>CPU time of all processes that are or were inside, in seconds; null where the kernel does not count it.</summary>
    double? CpuSeconds();

    /// <summary>Time in which its tasks stood still for want of a resource; null where the kernel does not count it.</summary>
    Pressure? ReadPressure();

    /// <summary>Highest use since the start as the kernel counted it, page cache included, in bytes; null where it does not count.</summary>
    long? PeakCounterBytes();

    /// <summary>Processes that the kernel ended because the group reached its limit.</summary>
    long OutOfMemoryKills();
}
