using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;

namespace Experiments.Core.Results;

/// <summary>What the gates say of one configuration.</summary>
public sealed record ConfigurationVerdict
{
    /// <summary>The configuration.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>The worst of its gates.</summary>
    public required VerdictKind Verdict { get; init; }

    /// <summary>Measured trials.</summary>
    public required int MeasuredTrials { get; init; }

    /// <summary>Medians over the measured trials by <see cref="MetricKeys"/>.</summary>
    public required IReadOnlyDictionary<string, double> Medians { get; init; }

    /// <summary>The baseline's median throughput, or null without a baseline.</summary>
    public double? BaselineSamplesPerSecond { get; init; }

    /// <summary>Why it is not green, and warnings.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];
}
