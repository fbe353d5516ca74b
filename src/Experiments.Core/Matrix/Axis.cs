namespace Experiments.Core.Matrix;

/// <summary>A named list of values, one dimension of the matrix.</summary>
public sealed record Axis
{
    /// <summary>The name, such as <c>num_workers</c>; <c>env.NAME</c> sets an environment variable.</summary>
    public required string Name { get; init; }

    /// <summary>The values, in the order written; at least one, no two equal.</summary>
    public required IReadOnlyList<AxisValue> Values { get; init; }
}
