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

    /// <summary>Accepts the latest sweep as the machine's baseline.</summary>
    AcceptBaseline,
}
