namespace Experiments.Tool.Starting;

/// <summary>What a look at a project's folder found.</summary>
internal sealed record InspectedProject
{
    /// <summary>Absolute path of the folder.</summary>
    public required string Folder { get; init; }

    /// <summary>A name for the experiment, from the folder's.</summary>
    public required string Name { get; init; }

    /// <summary>What the choice rests on, for the console.</summary>
    public required string Reason { get; init; }

    /// <summary>A Python script, relative to <c>experiments/</c>, or null.</summary>
    public string? Script { get; init; }

    /// <summary>How the script spells its option for the workers: <c>--num_workers</c> or <c>--num-workers</c>; null when it has none.</summary>
    public string? WorkersOption { get; init; }

    /// <summary>Path of the assembly of a TorchSharp project, relative to <c>experiments/</c>, or null.</summary>
    public string? Assembly { get; init; }
}
