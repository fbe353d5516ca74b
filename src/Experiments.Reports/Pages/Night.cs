using Experiments.Core.Results;

namespace Experiments.Reports.Pages;

/// <summary>One sweep of a machine, as the pages tell of it.</summary>
public sealed record Night
{
    /// <summary>The sweep.</summary>
    public required string SweepId { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The commit measured, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether the working tree differed from the commit.</summary>
    public bool Dirty { get; init; }

    /// <summary>The verdict; null where only measurements were kept.</summary>
    public VerdictKind? Verdict { get; init; }

    /// <summary>What was recommended.</summary>
    public IReadOnlyList<NightAdvice> Advice { get; init; } = [];

    /// <summary>The sweep's own page, beside the experiment's; null where there is none.</summary>
    public string? Page { get; init; }
}
