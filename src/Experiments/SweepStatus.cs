namespace Experiments;

/// <summary>How far a sweep is.</summary>
public sealed record SweepStatus
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The sweep's id.</summary>
    public required string SweepId { get; init; }

    /// <summary>Absolute path of its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether it is judged and reported.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>Whether its trials run on a cluster.</summary>
    public required bool IsOnCluster { get; init; }

    /// <summary>The trials, in the order of the plan.</summary>
    public required IReadOnlyList<TrialState> Trials { get; init; }
}
