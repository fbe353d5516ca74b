namespace Experiments.Processes.Sampling;

/// <summary>Looks at a tree whenever it is sampled, on the sampler's thread.</summary>
internal interface ISampleFollower
{
    /// <summary>CPU time spent so far that the sampler need not make up for by sampling less often.</summary>
    TimeSpan ExtraCost { get; }

    /// <summary>Looks at the processes, a few times a second.</summary>
    /// <param name="elapsed">Time since the tree's start.</param>
    /// <param name="processes">Their numbers.</param>
    /// <returns>The limit that the tree exceeds, or null.</returns>
    EndCause? Look(TimeSpan elapsed, IReadOnlyCollection<int> processes);

    /// <summary>Takes a sample.</summary>
    /// <param name="elapsed">Time since the tree's start.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="processes">The processes, as last seen.</param>
    void Add(TimeSpan elapsed, MemoryReading memory, ProcessTotals processes);
}
