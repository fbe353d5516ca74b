using Experiments.Core.Diagnostics;

namespace Experiments.Core.Results;

/// <summary>What is judged of a sweep.</summary>
public sealed record Assessment
{
    /// <summary>The worst verdict of all configurations.</summary>
    public required VerdictKind Verdict { get; init; }

    /// <summary>The verdict of each configuration, in matrix order.</summary>
    public required IReadOnlyList<ConfigurationVerdict> Configurations { get; init; }

    /// <summary>A recommendation for each dataset.</summary>
    public required IReadOnlyList<Advice> Advice { get; init; }

    /// <summary>How memory follows from <c>num_workers</c>: one for each combination of the other axes' values; empty without that axis.</summary>
    public IReadOnlyList<MemoryAdvice> Memory { get => field ?? []; init; } = [];

    /// <summary>What concerns the sweep as a whole, such as a missing baseline.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get => field ?? []; init; } = [];
}
