using System.Runtime.InteropServices;

namespace Experiments.Data.Scheduling;

/// <summary>What one worker is at, on a cache line of its own.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct WorkerSlot
{
    /// <summary>Index of the sample in work; -1 between samples.</summary>
    public int Sample;
}
