namespace Experiments.Core.Definitions;

/// <summary>A PyTorch script, run unchanged under the probe.</summary>
public sealed record PyTorchTask : TrainingTask
{
    /// <summary>Absolute path of the script; of a module, where its file would be in the working directory.</summary>
    public required string Script { get; init; }

    /// <summary>The module that is run in the script's place, as by <c>python -m</c>: <c>pkg.train</c>; null: the script is run.</summary>
    public string? Module { get; init; }

    /// <summary>The Python interpreter; null: the active environment's, as a shell would find it.</summary>
    public string? Python { get; init; }

    /// <summary>What starts the script in several processes: <c>torchrun</c>, <c>accelerate launch</c> or another program, with its options; <c>{axis}</c> is replaced. Default: none.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>Which loaders are steered: <c>train</c>, <c>all</c> or <c>file.py:line</c>; default <c>train</c>.</summary>
    public string Loaders { get; init; } = "train";

    /// <summary>
    /// Whether the settings are overridden for these loaders even where an argument takes them; default false. So where the definition writes <c>probe: {loaders: …}</c>:
    /// an argument may reach other loaders than the training's.
    /// </summary>
    public bool SteersDespiteArguments { get; init; }

    /// <summary>
    /// What a step is: <c>auto</c> (default), what a backward pass or an optimizer's step ends; <c>batch</c>, each batch, in scripts that train nothing;
    /// or <c>module:function</c>, whose call trains.
    /// </summary>
    public string Step { get; init; } = "auto";

    /// <summary>Samples of a step of one process, where neither the sampler nor the batch tells them; null (default): counted.</summary>
    public int? SamplesPerStep { get; init; }

    /// <summary>Whether the script is ended after the measured steps rather than at its own end; default true.</summary>
    public bool StopAfterSteps { get; init; } = true;
}
