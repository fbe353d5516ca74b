using Experiments.Core.Definitions;

namespace Experiments.Reports.Pages;

/// <summary>What the pages show of one experiment: months of nights, machine by machine.</summary>
public sealed record ExperimentNights
{
    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>The definition's file.</summary>
    public required string DefinitionFile { get; init; }

    /// <summary>The day on which the pages are made: suppressions end by it.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The machines, that of the latest night first; empty where nothing was measured yet.</summary>
    public required IReadOnlyList<MachineNights> Machines { get; init; }

    /// <summary>The slowdowns that the definition names as known.</summary>
    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];

    /// <summary>The commits measured, as far as the repository knows them.</summary>
    public IReadOnlyList<CommitLine> Commits { get; init; } = [];

    /// <summary>What came between the two nights of each lasting change.</summary>
    public IReadOnlyList<CommitRange> Ranges { get; init; } = [];
}
