using Experiments.Core.Diagnostics;

namespace Experiments.Core.Plans;

/// <summary>A plan, or the reasons why there is none.</summary>
public sealed record Planning
{
    /// <summary>The plan; null when a diagnostic is an error.</summary>
    public Plan? Plan { get; init; }

    /// <summary>What is wrong with the options, all of it.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];
}
