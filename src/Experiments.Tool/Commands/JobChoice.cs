namespace Experiments.Tool.Commands;

/// <summary>What a command does about the jobs of a cluster.</summary>
internal enum JobChoice
{
    /// <summary>Waits for them; who ends it cancels them.</summary>
    Follow,

    /// <summary>Waits for them; who ends it leaves them alone.</summary>
    Attach,

    /// <summary>Submits them and ends.</summary>
    Detach,
}
