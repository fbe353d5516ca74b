using Experiments.Core.Events;
using Experiments.Engine.Measurements;

namespace Experiments.Bench.Gates;

/// <summary>A kind of training: how its memory goes over 60 measured steps, read three times a step.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="IsLeak">Whether it must be found.</param>
/// <param name="Start">A trial: its memory in MiB at a step.</param>
internal sealed record MemoryWorld(string Name, bool IsLeak, Func<Random, Func<double, double>> Start)
{
    private const double Mebibyte = 1024 * 1024;
    private const double GateMebibytesPerStep = 0.25;
    private const int Steps = 60;

    public static IReadOnlyList<MemoryWorld> All { get; } =
    [
        new("leak of 1 MiB a step", true, random => step => step + 4 * random.NextDouble()),
        new("leak of 1 MiB a step, one reading in five 200 MiB higher", true, random => step => step + (random.NextDouble() < 0.2 ? 200 : 0)),
        new("growth of 0.05 MiB a step", false, random => step => 0.05 * step + 4 * random.NextDouble()),
        new("noise that wanders by 0.05 MiB a step", false, random => Wandering(random, 0.05)),
        new("plateau at 500 MB, full after 5 steps", false, random => step => 477 * Math.Min(1, step / 5) + random.NextDouble()),
        new("plateau at 500 MB, full after 25 steps", false, random => step => 477 * Math.Min(1, step / 25) + random.NextDouble()),
        new("plateau at 500 MB, reached like 1 − e⁻ˣ over 6 steps", false, random => step => 477 * (1 - Math.Exp(-step / 6)) + random.NextDouble()),
        new("a collector that frees 40 MiB every 17 steps", false, random => Sawtooth(random.NextDouble())),
    ];

    /// <summary>Share of the trials that the gate <c>memory_growth.max: 0.25MiB/step</c> calls a leak.</summary>
    public double Red(int trials, int seed) => (double)Enumerable.Range(0, trials).Count(trial => IsRed(new Random(seed + trial))) / trials;

    private bool IsRed(Random random)
    {
        var memory = Start(random);
        var steps = Enumerable.Range(1, Steps).Select(step => new StepEvent(step, 64, 0, 1, step)).ToArray();
        var series = Enumerable.Range(0, 3 * (Steps - 1)).Select(reading => 1 + reading / 3.0).Select(step => (step, (long)((1000 + memory(step)) * Mebibyte))).ToArray();
        return MemoryGrowth.Of(steps, series) is { } growth && growth.BytesPerStep > GateMebibytesPerStep * Mebibyte && growth.Low > 0;
    }

    private static Func<double, double> Wandering(Random random, double spread)
    {
        var at = 0.0;
        return _ => at += spread / Math.Sqrt(3) * NoiseWorld.Gauss(random);
    }

    private static Func<double, double> Sawtooth(double phase) => step => 40 * ((step / 17 + phase) % 1);
}
