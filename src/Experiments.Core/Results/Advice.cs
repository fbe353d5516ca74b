using Experiments.Core.Matrix;

namespace Experiments.Core.Results;

/// <summary>The recommended configuration of one dataset.</summary>
public sealed record Advice
{
    /// <summary>The dataset, or null when the matrix has no such axis.</summary>
    public string? Dataset { get; init; }

    /// <summary>The recommended configuration; null when none can be recommended.</summary>
    public Configuration? Configuration { get; init; }

    /// <summary>The reasons, one sentence each, with figures.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}
