using Experiments.Core.Matrix;

namespace Experiments.Core.Baselines;

/// <summary>The accepted results of one configuration: raw repeats, not only a median.</summary>
public sealed record BaselineConfiguration
{
    /// <summary>The configuration.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>One value a repeat, by <see cref="Results.MetricKeys"/>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Metrics { get; init; }
}
