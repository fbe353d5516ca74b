using Experiments.Slurm.Batches;
using Experiments.Slurm.Cluster;

namespace Experiments.Slurm.Causes;

/// <summary>All that is known of a job that left trials without a result.</summary>
internal sealed record LostEvidence
{
    /// <summary>The job as messages name it.</summary>
    public required string Job { get; init; }

    /// <summary>What Slurm knows of it; null: nothing any more.</summary>
    public QueueEntry? Entry { get; init; }

    /// <summary>What its script wrote first; null: it never came to that.</summary>
    public JobStart? Start { get; init; }

    /// <summary>What its script wrote last; null: it never came to that.</summary>
    public JobEnd? End { get; init; }

    /// <summary>What its last attempt printed, and Slurm added.</summary>
    public string Log { get; init; } = "";

    /// <summary>Where that stands.</summary>
    public required string LogFile { get; init; }

    /// <summary>The lines of setup.</summary>
    public IReadOnlyList<string> Setup { get; init; } = [];
}
