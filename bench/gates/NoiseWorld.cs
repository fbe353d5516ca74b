namespace Experiments.Bench.Gates;

/// <summary>A kind of machine: how the throughput of unchanged code scatters on it.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Start">A machine at the beginning of a sweep, from a random source and the number of planned trials.</param>
internal sealed record NoiseWorld(string Name, Func<Random, int, NoiseSource> Start)
{
    /// <summary>
    /// A machine of which others take nine tenths, in the baseline as now, while each trial mostly sleeps and loses nothing by it. Sweeps differ by some points of load, and each reading is
    /// some points off.
    /// </summary>
    public static NoiseWorld Saturated { get; } = Normal("other programs take nine tenths of the machine, before as now, CV 5 %", 0.05) with { UsualOthers = 0.9 };

    /// <summary>The kinds that the gate must be right on.</summary>
    public static IReadOnlyList<NoiseWorld> All { get; } =
    [
        Normal("normal, CV 0.5 %", 0.005),
        Normal("normal, CV 2.7 %", 0.027),
        Normal("normal, CV 10 %", 0.1),
        new("heavy tails (Student t, 3 degrees, scale 2.7 %)", (random, _) => _ => 0.027 * StudentT3(random)),
        new("outliers (5 % of the trials 10 to 40 % slower)", (random, _) => _ => 0.02 * Gauss(random) - (random.NextDouble() < 0.05 ? 0.1 + 0.4 * random.NextDouble() : 0)),
        new("drift (up to 15 % over the sweep, either way)", Drift),
        new("two modes (30 % of the trials 8 % slower)", (random, _) => _ => 0.01 * Gauss(random) - (random.NextDouble() < 0.3 ? 0.08 : 0)),
        new("correlated steps (60 steps, CV 15 %, correlation 0.8)", (random, _) => _ => CorrelatedSteps(random)),
        new("uneven (every fourth configuration scatters threefold)", (random, _) => configuration => (configuration % 4 == 0 ? 0.06 : 0.02) * Gauss(random)),
        Minutes("slow minutes (7 % that last for ten trials and more, half of the configurations feel half of it), CV 2.7 %", 0.027, 0.07),
        Normal("other programs take up to half of the machine, CV 2.7 %", 0.027) with { MostOthers = 0.5 },
        Saturated,
    ];

    /// <summary>What other programs take of the machine in the baseline as now, where they take much of it; 0: see <see cref="MostOthers"/>.</summary>
    public double UsualOthers { get; init; }

    /// <summary>What a sweep reads of <see cref="UsualOthers"/>, trial by trial.</summary>
    public Func<double> Readings(Random random)
    {
        var level = UsualOthers + 0.015 * Gauss(random);
        return () => Math.Clamp(level + 0.03 * Gauss(random), 0, 1);
    }

    /// <summary>The most that other programs take of the machine during a sweep; during the baseline they took 2 %.</summary>
    public double MostOthers { get; init; }

    /// <summary>What other programs take of the machine from now on: a level for the sweep, around which each trial finds its own.</summary>
    public Func<double> Others(Random random)
    {
        var level = MostOthers * random.NextDouble();
        return () => Math.Clamp(level * (0.5 + random.NextDouble()), 0, 0.9);
    }

    /// <summary>How much the machine's speed differs from night to night, as the standard deviation of its logarithm.</summary>
    public double NightSpread { get; init; }

    public static NoiseWorld Normal(string name, double cv) => new(name, (random, _) => _ => cv * Gauss(random));

    public static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static NoiseSource Drift(Random random, int plannedTrials)
    {
        var slope = 0.15 * (2 * random.NextDouble() - 1) / plannedTrials;
        var trial = 0;
        return _ => 0.02 * Gauss(random) + slope * trial++;
    }

    /// <summary>A machine that is slower for some trials on end, those with an even number feel it wholly, the others by the least share.</summary>
    /// <param name="name">What the table calls it.</param>
    /// <param name="cv">How much a trial scatters by itself.</param>
    /// <param name="spread">How much the machine does.</param>
    /// <param name="least">What the others feel of it, 0 to 1.</param>
    public static NoiseWorld Minutes(string name, double cv, double spread, double least = 0.5) => new(name, (random, _) =>
    {
        const double Correlation = 0.93; // half of it is gone after ten trials
        var state = Gauss(random);
        return configuration =>
        {
            state = Correlation * state + Math.Sqrt(1 - Correlation * Correlation) * Gauss(random);
            return cv * Gauss(random) + spread * state * (configuration % 2 == 0 ? 1 : least);
        };
    });

    private static double StudentT3(Random random)
    {
        var (a, b, c) = (Gauss(random), Gauss(random), Gauss(random));
        return Gauss(random) / Math.Sqrt((a * a + b * b + c * c) / 3);
    }

    private static double CorrelatedSteps(Random random)
    {
        const int Steps = 60;
        const double Correlation = 0.8;
        var state = Gauss(random);
        var seconds = 0.0;
        for (var step = 0; step < Steps; step++)
        {
            seconds += Math.Exp(0.15 * state);
            state = Correlation * state + Math.Sqrt(1 - Correlation * Correlation) * Gauss(random);
        }

        return -Math.Log(seconds / Steps);
    }
}

/// <summary>The deviation of the next trial's throughput, as a logarithm.</summary>
/// <param name="configuration">Which configuration runs.</param>
internal delegate double NoiseSource(int configuration);
