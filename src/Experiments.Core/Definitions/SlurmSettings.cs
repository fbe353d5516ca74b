namespace Experiments.Core.Definitions;

/// <summary>What Slurm is asked for. What is null is left to the site's defaults.</summary>
public sealed record SlurmSettings
{
    /// <summary>The partition, or several with commas.</summary>
    public string? Partition { get; init; }

    /// <summary>Generic resources of a job, such as <c>gpu:1</c>.</summary>
    public string? Gres { get; init; }

    /// <summary>Cores of a job.</summary>
    public int? Cpus { get; init; }

    /// <summary>Memory of a job in bytes; null: the trial's limit and some more, where that limit is a size.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Wall time of a job; null: what its trials may take at most.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The account that pays.</summary>
    public string? Account { get; init; }

    /// <summary>Features that a node must have, such as <c>a100</c>.</summary>
    public string? Constraint { get; init; }

    /// <summary>Further options of <c>sbatch</c>, each a whole word such as <c>--qos=high</c>.</summary>
    public IReadOnlyList<string> Extra { get => field ?? []; init; } = [];

    /// <summary>Lines of shell that run on the node before the trials, in their shell: <c>module load cuda</c>, <c>conda activate train</c>.</summary>
    public IReadOnlyList<string> Setup { get => field ?? []; init; } = [];

    /// <summary>Most jobs that run at the same time; null: as many as the site lets.</summary>
    public int? ArrayParallelism { get; init; }

    /// <summary>Whether a job has its node to itself; null: where the partition allows it.</summary>
    public bool? Exclusive { get; init; }

    /// <summary>Trials that one job runs, one after the other; default 1.</summary>
    public int Pack { get; init; } = 1;
}
