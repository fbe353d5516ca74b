using System.Text.Json.Serialization;

namespace Experiments.Core.Definitions;

/// <summary>What a trial runs. One of <see cref="TorchSharpTask"/>, <see cref="PyTorchTask"/>, <see cref="CommandTask"/>.</summary>
[JsonDerivedType(typeof(TorchSharpTask), "torchsharp")]
[JsonDerivedType(typeof(PyTorchTask), "pytorch")]
[JsonDerivedType(typeof(CommandTask), "command")]
public abstract record TrainingTask
{
    /// <summary>Arguments; <c>{axis}</c> is replaced by the configuration's value.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Environment variables of the trial, besides the inherited ones; values may hold <c>{axis}</c>.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>The trial's working directory, absolute; default: the definition's folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>A program and its arguments that make old code ready for a comparison, once a commit; null, the default: nothing is to be done.</summary>
    public IReadOnlyList<string>? Setup { get; init; }

    /// <summary>Files and folders, relative to the definition's, that are not in git and that old code finds where today's does; null, the default: none.</summary>
    public IReadOnlyList<string>? Share { get; init; }

    /// <summary>Samples a batch; default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Steps at the start that are not measured; default 5.</summary>
    public int WarmupSteps { get; init; } = 5;

    /// <summary>Measured steps; null, the default (<c>auto</c>): until at least <see cref="MeasuringTime.LeastSteps"/> of them have taken <see cref="MeasuringTime.Seconds"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Steps { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>; default <c>auto</c>.</summary>
    public string Device { get; init; } = "auto";
}
