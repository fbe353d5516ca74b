namespace Experiments.Core.Results;

/// <summary>What <c>results.json</c> holds: the measurements and what was judged of them.</summary>
public sealed record SweepReport
{
    /// <summary>The measurements.</summary>
    public required SweepResult Sweep { get; init; }

    /// <summary>The judgement.</summary>
    public required Assessment Assessment { get; init; }
}
