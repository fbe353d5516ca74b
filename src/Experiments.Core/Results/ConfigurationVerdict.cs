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

    /// <summary>Trials of the configuration that ended, measured or not.</summary>
    public int Trials { get; init; }

    /// <summary>Half the spread between the slowest and the fastest trial, in percent of the median throughput; null under two measured trials.</summary>
    public double? SpreadPercent { get; init; }

    /// <summary>The baseline's median throughput, or null without a baseline.</summary>
    public double? BaselineSamplesPerSecond { get; init; }

    /// <summary>How throughput compares with the baseline's, or null when it was not compared.</summary>
    public ThroughputChange? Throughput { get; init; }

    /// <summary>Why it is not green, and warnings.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];
}
