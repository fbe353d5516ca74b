using System.Globalization;
using Experiments.Analysis.Throughput;
using Experiments.Core.Plans;

namespace Experiments.Bench.Gates;

/// <summary>A sweep against a baseline of the same kind of machine, judged as the engine judges.</summary>
internal sealed class SimulatedSweep
{
    private const double OthersBefore = 0.02;

    private readonly SweepSetup setup;
    private readonly NoiseSource machine;
    private readonly double tonight;
    private readonly Func<double>? others;
    private readonly bool othersCost;
    private readonly Random random;
    private readonly Func<int, double> effect;
    private readonly List<ThroughputObservation>[] current;
    private readonly double[][] baseline;
    private readonly double[][] othersBefore;
    private int round;

    public SimulatedSweep(NoiseWorld world, SweepSetup setup, int index)
    {
        this.setup = setup;
        random = new Random(setup.Seed + index);
        current = [.. Enumerable.Range(0, setup.Configurations).Select(_ => new List<ThroughputObservation>())];
        effect = configuration => configuration == setup.SlowedConfiguration ? Math.Log(1 - setup.Slowdown) : 0;
        var before = world.Start(random, setup.Configurations * setup.BaselineRepeats);
        baseline = [.. Enumerable.Range(0, setup.Configurations).Select(_ => new double[setup.BaselineRepeats])];
        var night = 0.0;
        for (var repeat = 0; repeat < setup.BaselineRepeats; repeat++)
        {
            if (world.NightSpread > 0 && repeat % RepeatsOfNight == 0)
                night = world.NightSpread * NoiseWorld.Gauss(random);
            foreach (var configuration in Order())
                baseline[configuration][repeat] = Level(configuration) * Math.Exp(before(configuration) + night);
        }

        // Drawn only where nights differ: the other worlds keep their random numbers.
        tonight = world.NightSpread > 0 ? world.NightSpread * NoiseWorld.Gauss(random) : 0;
        machine = world.Start(random, setup.Configurations * setup.Repeats);
        othersCost = world.MostOthers > 0;
        others = othersCost ? world.Others(random) : null;
        othersBefore = [.. Enumerable.Range(0, setup.Configurations).Select(_ => others is null ? [] : Enumerable.Repeat(OthersBefore, setup.BaselineRepeats).ToArray())];
        if (world.UsualOthers > 0)
        {
            var earlier = world.Readings(random);
            othersBefore = [.. baseline.Select(repeats => repeats.Select(_ => earlier()).ToArray())];
            others = world.Readings(random);
        }

        for (var repeat = 0; repeat < setup.Repeats; repeat++)
            Run([.. Order().Select(configuration => (configuration, TrialPurpose.Planned))]);
    }

    public int Trials => current.Sum(trials => trials.Count);

    public IReadOnlyList<ThroughputSeries> Series =>
    [
        .. Enumerable.Range(0, setup.Configurations).Select(configuration => new ThroughputSeries
        {
            Id = configuration.ToString(CultureInfo.InvariantCulture),
            Baseline = baseline[configuration],
            BaselineOtherShares = othersBefore[configuration],
            Current = current[configuration],
            PreferredControl = configuration % 4 == 1,
        }),
    ];

    /// <summary>Runs what the policy asks for, then judges.</summary>
    public IReadOnlyList<ThroughputComparison> Judge(ThroughputRule rule, RepeatLimits limits)
    {
        rule = rule with { MachineExtent = SweepLevels.Extent([.. baseline.Select(NightMeans)], setup.Nights, rule.FalseAlarmRatePercent / 100) };
        while (RepeatPolicy.Next(Series, rule, limits) is { Count: > 0 } next)
            Run([.. next.Select(trial => (int.Parse(trial.Id, CultureInfo.InvariantCulture), trial.Purpose))]);
        return ThroughputModel.Compare(Series, rule);
    }

    private void Run((int Configuration, TrialPurpose Purpose)[] trials)
    {
        round++;
        foreach (var (configuration, purpose) in trials)
        {
            var share = others?.Invoke();
            var lost = othersCost && share is { } taken ? Math.Log(1 - (taken * random.NextDouble())) : 0; // all that they took, or nothing: who had an idle core lost none
            current[configuration].Add(new ThroughputObservation(Level(configuration) * Math.Exp(effect(configuration) + machine(configuration) + tonight + lost), round, purpose, share));
        }
    }

    private int RepeatsOfNight => setup.BaselineRepeats / setup.Nights;

    private double[] NightMeans(double[] repeats) => [.. repeats.Chunk(RepeatsOfNight).Select(night => night.Average(Math.Log))];

    private static double Level(int configuration) => 100 + 40 * configuration;

    private int[] Order()
    {
        var order = Enumerable.Range(0, setup.Configurations).ToArray();
        random.Shuffle(order);
        return order;
    }
}
