namespace Experiments.Bench.Gates;

/// <summary>How a simulated sweep is run.</summary>
internal sealed record SweepSetup
{
    /// <summary>
    /// Which random numbers: those of 0 are the ones that the gates' settings were chosen on, so figures are told from others.
    /// </summary>
    public int Seed { get; init; } = HeldOut;

    /// <summary>A seed on which nothing was tuned.</summary>
    public const int HeldOut = 20261122;

    public int Configurations { get; init; } = 24;

    public int BaselineRepeats { get; init; } = 10;

    /// <summary>On how many nights the baseline's repeats were measured; 1: in one sweep.</summary>
    public int Nights { get; init; } = 1;

    public int Repeats { get; init; } = 3;

    /// <summary>The configuration that is slower than in the baseline; −1: none.</summary>
    public int SlowedConfiguration { get; init; } = -1;

    /// <summary>By which share it is slower.</summary>
    public double Slowdown { get; init; }
}
