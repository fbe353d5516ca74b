namespace Experiments.Bench.Gates;

/// <summary>How a simulated sweep is run.</summary>
internal sealed record SweepSetup
{
    public int BaselineRepeats { get; init; } = 10;

    public int Repeats { get; init; } = 3;

    /// <summary>The configuration that is slower than in the baseline; −1: none.</summary>
    public int SlowedConfiguration { get; init; } = -1;

    /// <summary>By which share it is slower.</summary>
    public double Slowdown { get; init; }
}
