namespace Experiments.Core.Results;

/// <summary>What <c>experiments advise --output json</c> prints.</summary>
public sealed record AdviceReport
{
    /// <summary>Version of the layout.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The sweep that the advice is drawn from.</summary>
    public required string SweepId { get; init; }

    /// <summary>A recommendation for each dataset.</summary>
    public required IReadOnlyList<Advice> Advice { get; init; }

    /// <summary>How memory follows from <c>num_workers</c>.</summary>
    public required IReadOnlyList<MemoryAdvice> Memory { get; init; }
}
