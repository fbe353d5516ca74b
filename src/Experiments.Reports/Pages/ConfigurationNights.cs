using Experiments.Analysis.History;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Reports.Pages;

/// <summary>One configuration over the nights of one machine. Each list has a place for each night, null where nothing was measured.</summary>
public sealed record ConfigurationNights
{
    /// <summary>The configuration.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>Samples a second: the median of the trials.</summary>
    public required IReadOnlyList<MeasuredRange?> Throughput { get; init; }

    /// <summary>Peak memory in MiB: that of the trial that took most.</summary>
    public required IReadOnlyList<MeasuredRange?> PeakMegabytes { get; init; }

    /// <summary>What the gates said.</summary>
    public required IReadOnlyList<VerdictKind?> Verdicts { get; init; }

    /// <summary>Lasting changes of the throughput.</summary>
    public IReadOnlyList<ChangePoint> Changes { get; init; } = [];

    /// <summary>Slow drift of the throughput, or null.</summary>
    public Drift? Drift { get; init; }

    /// <summary>Lasting changes of the peak memory.</summary>
    public IReadOnlyList<ChangePoint> MemoryChanges { get; init; } = [];
}
