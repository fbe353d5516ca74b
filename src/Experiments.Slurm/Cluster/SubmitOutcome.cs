namespace Experiments.Slurm.Cluster;

/// <summary>What became of a submission.</summary>
internal enum SubmitOutcome
{
    /// <summary>Slurm has the jobs.</summary>
    Accepted,

    /// <summary>Too many for a limit of the site: fewer, or later, may be taken.</summary>
    TooMany,

    /// <summary>Slurm takes none that are asked for so.</summary>
    Refused,

    /// <summary>Nobody knows: the answer did not come.</summary>
    Unclear,
}
