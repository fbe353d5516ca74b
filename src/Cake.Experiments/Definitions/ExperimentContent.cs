using Experiments.Core.Diagnostics;

namespace Cake.Experiments.Definitions;

/// <summary>What the builders collected, in the order it was said.</summary>
internal sealed class ExperimentContent
{
    private readonly List<(DiagnosticRule Rule, string Message)> _faults = [];

    public required string Name { get; init; }

    /// <summary>Where the script says it; null where that is not known.</summary>
    public SourcePosition? Source { get; set; }

    public string? TrainKind { get; set; }

    public object? TrainValue { get; set; }

    public OrderedDictionary<string, object> TrainKeys { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, string> Probe { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, string> Metrics { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, DatasetContent> Datasets { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, IReadOnlyList<object>> Axes { get; } = new(StringComparer.Ordinal);

    public List<ConfigurationValues> Excludes { get; } = [];

    public List<ConfigurationValues> Includes { get; } = [];

    public OrderedDictionary<string, Dictionary<string, object>> Gates { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, object> Suppressions { get; } = new(StringComparer.Ordinal);

    public int? Repeats { get; set; }

    public int? Seed { get; set; }

    public string? MemoryLimit { get; set; }

    public string? GpuMemoryLimit { get; set; }

    public int? ProcessLimit { get; set; }

    public TimeSpan? Timeout { get; set; }

    public TimeSpan? StallTimeout { get; set; }

    public string? MlflowExperiment { get; set; }

    public string? MlflowTrackingUri { get; set; }

    /// <summary>What was found wrong while it was said.</summary>
    public IReadOnlyList<(DiagnosticRule Rule, string Message)> Faults => _faults;

    public void Fault(DiagnosticRule rule, string message) => _faults.Add((rule, message));
}
