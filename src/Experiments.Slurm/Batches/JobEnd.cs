namespace Experiments.Slurm.Batches;

/// <summary>What the job's script wrote with its last line.</summary>
internal sealed record JobEnd
{
    /// <summary>Its exit code.</summary>
    public required int Status { get; init; }

    /// <summary>How far it came: <c>folder</c>, <c>setup:N</c> or <c>runner</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Whether it was asked to end.</summary>
    public bool Asked { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
