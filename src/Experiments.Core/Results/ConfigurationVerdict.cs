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

    /// <summary>
    /// The throughput, samples a second: the median over the measured trials, over whole epochs where all of them had such, else of the steady steps. Table, advice, pages and
    /// MLflow show this figure. Null when none was measured.
    /// </summary>
    public double? SamplesPerSecond { get => field ?? Median(MetricKeys.SamplesPerSecond); init; }

    /// <summary>The metric that <see cref="SamplesPerSecond"/> is the median of: <see cref="MetricKeys.SamplesPerSecond"/> or <see cref="MetricKeys.EpochSamplesPerSecond"/>.</summary>
    public string ThroughputMetric { get => field ?? MetricKeys.SamplesPerSecond; init; } = MetricKeys.SamplesPerSecond;

    /// <summary>The peak memory of the trial that took most, MiB, a failed one too; null when none was measured.</summary>
    public double? PeakMegabytes { get => field ?? Median(MetricKeys.MemoryPeakMegabytes); init; }

    /// <summary>Trials of the configuration that ended, measured or not.</summary>
    public int Trials { get; init; }

    /// <summary>Half the spread between the slowest and the fastest trial, in percent of the median throughput; null under two measured trials.</summary>
    public double? SpreadPercent { get; init; }

    /// <summary>The baseline's median throughput, or null without a baseline.</summary>
    public double? BaselineSamplesPerSecond { get; init; }

    /// <summary>How throughput compares with the baseline's, or null when it was not compared.</summary>
    public ThroughputChange? Throughput { get; init; }

    /// <summary>Why it is not green, and warnings.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get => field ?? []; init; } = [];

    /// <summary>What reports of earlier versions have.</summary>
    private double? Median(string key) => Medians.TryGetValue(key, out var value) && double.IsFinite(value) ? value : null;
}
