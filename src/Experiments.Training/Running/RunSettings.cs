namespace Experiments.Training.Running;

/// <summary>The options of <c>run</c>, checked.</summary>
internal sealed record RunSettings
{
    public required string Task { get; init; }

    public string? Assembly { get; init; }

    public required string Dataset { get; init; }

    public required string DatasetPath { get; init; }

    public int BatchSize { get; init; } = 64;

    public int NumWorkers { get; init; }

    public bool PinMemory { get; init; }

    public int PrefetchFactor { get; init; } = 2;

    public bool PersistentWorkers { get; init; }

    public int Steps { get; init; } = 60;

    public double MeasureSeconds { get; init; }

    public int WarmupSteps { get; init; } = 5;

    public string Device { get; init; } = "auto";

    public long Seed { get; init; }

    public bool Evaluate { get; init; } = true;

    public int Threads { get; init; }

    public IReadOnlyDictionary<string, string> Axes { get; init; } = new Dictionary<string, string>();
}
