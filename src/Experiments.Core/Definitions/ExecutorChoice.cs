namespace Experiments.Core.Definitions;

/// <summary>Where trials run: on this machine, or as Slurm jobs.</summary>
public sealed record ExecutorChoice
{
    /// <summary>Trials run here, one after the other.</summary>
    public const string Local = "local";

    /// <summary>Trials run as Slurm jobs.</summary>
    public const string Slurm = "slurm";

    /// <summary>What Slurm is asked for, should it run them.</summary>
    public SlurmSettings SlurmSettings { get; init; } = new();

    /// <summary>Whether the definition asks for Slurm.</summary>
    public bool IsSlurm { get; init; }
}
