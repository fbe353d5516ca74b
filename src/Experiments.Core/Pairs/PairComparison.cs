namespace Experiments.Core.Pairs;

/// <summary>Two versions of one configuration, measured in the same seconds.</summary>
public sealed record PairComparison
{
    /// <summary>The configuration, such as <c>num_workers=4</c>.</summary>
    public required string Configuration { get; init; }

    /// <summary>The commit of the old side, where it is that of a gate.</summary>
    public string? Old { get; init; }

    /// <summary>The verdict.</summary>
    public required PairVerdict Verdict { get; init; }

    /// <summary>Throughput of the old side, samples a second: the median of its turns.</summary>
    public double OldSamplesPerSecond { get; init; }

    /// <summary>Throughput of the new side, samples a second: the median of its turns.</summary>
    public double NewSamplesPerSecond { get; init; }

    /// <summary>New by old, less one: −0.05 is 5 % slower.</summary>
    public double Change { get; init; }

    /// <summary>Lower end of the interval of <see cref="Change"/>; it holds at every look.</summary>
    public double ChangeLow { get; init; }

    /// <summary>Upper end of it.</summary>
    public double ChangeHigh { get; init; }

    /// <summary>New by old of the CPU seconds for a sample, less one; null where the machine does not tell.</summary>
    public double? CpuChange { get; init; }

    /// <summary>Blocks of one turn each.</summary>
    public int Blocks { get; init; }

    /// <summary>How often both sides were started.</summary>
    public int Starts { get; init; }

    /// <summary>Seconds that both sides ran in turns.</summary>
    public double MeasuredSeconds { get; init; }

    /// <summary>How trees were stopped: <c>cgroup-v2</c>, <c>cgroup-v1</c> or <c>signals</c>.</summary>
    public string? Freezing { get; init; }

    /// <summary>Correlation of neighbouring blocks, which widens the interval.</summary>
    public double Correlation { get; init; }

    /// <summary>The logarithm of new by old of each block, by start: what all the figures are drawn from.</summary>
    public IReadOnlyList<IReadOnlyList<double>> LogRatios { get => field ?? []; init; } = [];

    /// <summary>What is to be known beside the figures: why it is not measured, or what would settle it.</summary>
    public string? Note { get; init; }
}
