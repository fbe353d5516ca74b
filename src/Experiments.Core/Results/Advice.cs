using Experiments.Core.Matrix;

namespace Experiments.Core.Results;

/// <summary>The recommended configuration of one dataset.</summary>
public sealed record Advice
{
    /// <summary>The dataset, or null when the matrix has no such axis.</summary>
    public string? Dataset { get; init; }

    /// <summary>The recommended configuration; null when none can be recommended, or the measurements cannot carry it: the first reason says why.</summary>
    public Configuration? Configuration { get; init; }

    /// <summary>
    /// The id of the measured configuration whose figures those are: another than the recommended one's where only pinned memory was tried and has no effect; null when none is recommended.
    /// </summary>
    public string? MeasuredAs { get; init; }

    /// <summary>The reasons, one sentence each, with figures.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}
