namespace Experiments.Core.Definitions;

/// <summary>A PyTorch script, run unchanged under the probe.</summary>
public sealed record PyTorchTask : TrainingTask
{
    /// <summary>Absolute path of the script.</summary>
    public required string Script { get; init; }

    /// <summary>The Python interpreter; null: the active environment's, as a shell would find it.</summary>
    public string? Python { get; init; }

    /// <summary>What starts the script in several processes: <c>torchrun</c>, <c>accelerate launch</c> or another program, with its options; <c>{axis}</c> is replaced. Default: none.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>Which loaders are steered: <c>train</c>, <c>all</c> or <c>file.py:line</c>; default <c>train</c>.</summary>
    public string Loaders { get; init; } = "train";

    /// <summary>Whether the script is ended after the measured steps rather than at its own end; default true.</summary>
    public bool StopAfterSteps { get; init; } = true;
}
