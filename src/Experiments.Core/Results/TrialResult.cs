using System.Text.Json.Serialization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;

namespace Experiments.Core.Results;

/// <summary>What one trial gave.</summary>
public sealed record TrialResult
{
    /// <summary>Configuration id and repeat, as planned.</summary>
    public required string TrialId { get; init; }

    /// <summary>What ran.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>Which repeat, from 1.</summary>
    public required int Repeat { get; init; }

    /// <summary>Why it ran.</summary>
    public TrialPurpose Purpose { get; init; }

    /// <summary>The machine that it ran on, by its fingerprint; null: the sweep's. Shards that were merged, and jobs of a cluster, may have run on several.</summary>
    public string? Machine { get; init; }

    /// <summary>The name of the cluster's node that it ran on; null: it ran where the sweep did.</summary>
    public string? Node { get; init; }

    /// <summary>The code that it ran with; null: the code that the sweep began with.</summary>
    public CodeState? Code { get; init; }

    /// <summary>How it ended.</summary>
    public required TrialStatus Status { get; init; }

    /// <summary>The process's exit code; null when a signal ended it or it never started.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it, or null.</summary>
    public int? Signal { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Wall time in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Values by <see cref="MetricKeys"/>; what was not measured is not there.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>How memory and CPU were observed; null when it never started.</summary>
    public TelemetrySummary? Telemetry { get; init; }

    /// <summary>The peak memory that was foreseen before it ran; null where too little was known.</summary>
    public MemoryForecast? Forecast { get; init; }

    /// <summary>What went wrong, with the likely cause and the remedy.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get => field ?? []; init; } = [];

    /// <summary>The value of a metric, or null when it was not measured.</summary>
    /// <param name="key">One of <see cref="MetricKeys"/>.</param>
    public double? Metric(string key) => Metrics.TryGetValue(key, out var value) ? value : null;

    /// <summary>The same with the peak memory that was foreseen for it.</summary>
    /// <param name="forecast">The forecast; null: nothing was foreseen.</param>
    public TrialResult Foreseen(MemoryForecast? forecast) => forecast is null ? this : this with
    {
        Forecast = forecast,
        Metrics = new Dictionary<string, double>(Metrics, StringComparer.Ordinal) { [MetricKeys.MemoryForeseenPeakMegabytes] = forecast.PeakBytes / (1024 * 1024) },
    };

    /// <summary>Whether the trial ended well and was measured.</summary>
    [JsonIgnore]
    public bool IsMeasured => Status == TrialStatus.Completed;
}
