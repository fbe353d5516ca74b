using Experiments.Core.Results;

namespace Experiments.Slurm.Batches;

/// <summary>A trial starts on a node.</summary>
internal sealed record NodeStart
{
    /// <summary>The node's name.</summary>
    public required string Node { get; init; }

    /// <summary>What the node is.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
