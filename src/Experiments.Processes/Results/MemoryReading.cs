namespace Experiments.Processes;

/// <summary>The memory of a process tree at one moment.</summary>
/// <param name="AnonymousBytes">Private memory: heaps and stacks; pages that are shared copy-on-write count once where the method can tell.</param>
/// <param name="SharedBytes">Shared memory: /dev/shm and the like, mapped or not.</param>
/// <param name="PageCacheBytes">Files cached on the tree's behalf; not part of its memory.</param>
/// <param name="SwapBytes">Private memory that was moved to swap.</param>
public readonly record struct MemoryReading(long AnonymousBytes, long SharedBytes, long PageCacheBytes, long SwapBytes)
{
    /// <summary>What counts: anonymous (swapped out or not) and shared memory.</summary>
    public long UsedBytes => AnonymousBytes + SharedBytes + SwapBytes;
}
