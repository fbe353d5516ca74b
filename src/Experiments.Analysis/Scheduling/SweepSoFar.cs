using Experiments.Core.Baselines;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis.Scheduling;

/// <summary>All that the next step of a sweep follows from, beside its definition.</summary>
public sealed record SweepSoFar
{
    /// <summary>The plan. Of its trials those count that were planned before anything ran; what the measurements ask for besides follows from them.</summary>
    public required Plan Plan { get; init; }

    /// <summary>What is measured; its trials are those that ended and are not to run again, in the order in which they ended.</summary>
    public required SweepResult Sweep { get; init; }

    /// <summary>The accepted results that throughput and memory are compared with, or null.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Earlier sweeps in any order, for the gate <c>trend</c>; default: none.</summary>
    public IReadOnlyList<PastSweep> Past { get; init; } = [];

    /// <summary>Whether trials run that are foreseen to blow up; default false.</summary>
    public bool RunForeseen { get; init; }
}
