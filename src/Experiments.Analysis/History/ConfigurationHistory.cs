using Experiments.Core.Matrix;

namespace Experiments.Analysis.History;

/// <summary>One configuration's throughput over the sweeps of one machine, and what moved it for good.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="Points">Medians of the throughput in the order of time.</param>
/// <param name="Changes">Lasting changes, in the order of time; empty where a slow drift explains the history better.</param>
/// <param name="Drift">The slow drift, or null.</param>
public sealed record ConfigurationHistory(Configuration Configuration, IReadOnlyList<HistoryPoint> Points, IReadOnlyList<ChangePoint> Changes, Drift? Drift);
