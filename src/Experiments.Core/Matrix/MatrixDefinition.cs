namespace Experiments.Core.Matrix;

/// <summary>The axes with their exceptions. <c>exclude</c> and <c>include</c> mean what they mean in GitHub Actions.</summary>
public sealed record MatrixDefinition
{
    /// <summary>The axes, in the order written.</summary>
    public required IReadOnlyList<Axis> Axes { get; init; }

    /// <summary>Partial configurations; what matches all entries of one of them is left out.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, AxisValue>> Exclude { get; init; } = [];

    /// <summary>Configurations to add, or values to add to the configurations that they do not contradict.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, AxisValue>> Include { get; init; } = [];
}
