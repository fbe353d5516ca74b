namespace Cake.Experiments.Tool;

/// <summary>What the <c>experiments</c> command is asked to do.</summary>
public enum ExperimentsCommand
{
    /// <summary>Prints the trials; runs nothing.</summary>
    Plan,

    /// <summary>Runs the trials and judges them.</summary>
    Run,

    /// <summary>Judges the latest sweep again.</summary>
    Gate,

    /// <summary>Makes one sweep of shards that ran elsewhere, and judges it.</summary>
    Merge,

    /// <summary>Tells the latest sweep in a comment on the pull request of the CI job, or in an issue.</summary>
    Comment,

    /// <summary>Shows what moved the throughput over the nights.</summary>
    History,

    /// <summary>Accepts the latest sweep as the machine's baseline.</summary>
    AcceptBaseline,
}
