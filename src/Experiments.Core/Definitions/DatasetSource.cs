namespace Experiments.Core.Definitions;

/// <summary>Where a dataset comes from: a feature store on disk, or a synthetic one made on demand.</summary>
public sealed record DatasetSource
{
    /// <summary>The profiles that a synthetic dataset can be drawn from.</summary>
    public static IReadOnlyList<string> Profiles { get; } = ["meld-da", "mintrec", "iemocap-da"];

    /// <summary>The name, a value of the axis <c>dataset</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute folder of the feature store; null when synthetic.</summary>
    public string? Path { get; init; }

    /// <summary>The profile to draw from (<c>meld-da</c>, <c>mintrec</c>, <c>iemocap-da</c>); null when <see cref="Path"/> is given.</summary>
    public string? Synthetic { get; init; }

    /// <summary>Samples of a synthetic dataset; default 512.</summary>
    public int Samples { get; init; } = 512;
}
