using Experiments.Comparing;
using Experiments.Core.Results;

namespace Experiments.Cluster;

/// <summary>What a sweep on a cluster needs beside what every sweep does.</summary>
internal sealed record ClusterRun
{
    /// <summary>The command that runs trials on a node: a program and its first arguments.</summary>
    public required IReadOnlyList<string> Runner { get; init; }

    /// <summary>What the sweep is compared with on a machine.</summary>
    public required Func<MachineFingerprint, CancellationToken, Task<Comparison>> CompareAsync { get; init; }

    /// <summary>Whether jobs go on when the waiting is cancelled.</summary>
    public bool LeavesJobs { get; init; }

    /// <summary>Takes what a person should know.</summary>
    public required TextWriter Notes { get; init; }
}
