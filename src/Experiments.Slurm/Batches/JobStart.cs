namespace Experiments.Slurm.Batches;

/// <summary>What the job's script wrote with its first line.</summary>
internal sealed record JobStart
{
    /// <summary>The node's name.</summary>
    public required string Node { get; init; }

    /// <summary>The array's id.</summary>
    public required string Job { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
