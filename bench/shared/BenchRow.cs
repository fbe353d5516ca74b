namespace Experiments.Bench;

/// <summary>One line of a benchmark's table.</summary>
public sealed record BenchRow
{
    /// <summary>What was measured.</summary>
    public required string Name { get; init; }

    /// <summary>The peer that ran, or that <see cref="Ratio"/> compares with; null for none.</summary>
    public string? Peer { get; init; }

    /// <summary>The median over the rounds.</summary>
    public required double Value { get; init; }

    /// <summary>The unit of the value.</summary>
    public required string Unit { get; init; }

    /// <summary>The least value.</summary>
    public double Min { get; init; }

    /// <summary>The greatest value.</summary>
    public double Max { get; init; }

    /// <summary>The median of the ratios of interleaved pairs, or null.</summary>
    public double? Ratio { get; init; }

    /// <summary>The least ratio.</summary>
    public double? RatioMin { get; init; }

    /// <summary>The greatest ratio.</summary>
    public double? RatioMax { get; init; }

    /// <summary>A row from the values of all rounds.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="values">One value a round.</param>
    /// <param name="peer">The peer that ran, or null.</param>
    public static BenchRow Of(string name, string unit, IReadOnlyList<double> values, string? peer = null) =>
        new() { Name = name, Unit = unit, Peer = peer, Value = Median(values), Min = values.Min(), Max = values.Max() };

    /// <summary>This row with the ratios to a peer's values of the same rounds.</summary>
    /// <param name="numerators">One value a round.</param>
    /// <param name="denominators">The peer's value of the same round.</param>
    public BenchRow WithRatio(IReadOnlyList<double> numerators, IReadOnlyList<double> denominators)
    {
        var ratios = numerators.Zip(denominators, (numerator, denominator) => numerator / denominator).ToList();
        return this with { Ratio = Median(ratios), RatioMin = ratios.Min(), RatioMax = ratios.Max() };
    }

    /// <summary>The middle value; the mean of the two middle ones of an even count.</summary>
    /// <param name="values">At least one value.</param>
    public static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
