using Experiments.Analysis.Throughput;

namespace Experiments.Bench.Gates;

/// <summary>Many sweeps of one kind, and how often each outcome came.</summary>
internal static class Simulation
{
    /// <summary>What came of all sweeps.</summary>
    /// <param name="AnyRed">Share of sweeps with a red configuration that nobody slowed.</param>
    /// <param name="AnyUnclear">Share of sweeps that ended inconclusive or with a changed environment, none red.</param>
    /// <param name="Found">Share of sweeps in which the slowed configuration is red.</param>
    /// <param name="Trials">Average number of trials.</param>
    public sealed record Outcome(double AnyRed, double AnyUnclear, double Found, double Trials);

    public static Outcome Ours(NoiseWorld world, SweepSetup setup, ThroughputRule rule, RepeatLimits limits, int sweeps)
    {
        int red = 0, unclear = 0, found = 0;
        long trials = 0;
        Parallel.For(0, sweeps, index =>
        {
            var sweep = new SimulatedSweep(world, setup, index);
            var outcomes = sweep.Judge(rule, limits);
            var anyRed = outcomes.Where((one, index) => one.Outcome == ThroughputOutcome.Regressed && index != setup.SlowedConfiguration).Any();
            if (anyRed)
                Interlocked.Increment(ref red);
            else if (outcomes.Any(one => one.Outcome is ThroughputOutcome.Unclear or ThroughputOutcome.MachineDrift))
                Interlocked.Increment(ref unclear);
            if (setup.SlowedConfiguration >= 0 && outcomes[setup.SlowedConfiguration].Outcome == ThroughputOutcome.Regressed)
                Interlocked.Increment(ref found);
            Interlocked.Add(ref trials, sweep.Trials);
        });
        return new Outcome((double)red / sweeps, (double)unclear / sweeps, (double)found / sweeps, (double)trials / sweeps);
    }

    public static Outcome Peer(NoiseWorld world, SweepSetup setup, Func<ThroughputSeries, bool> isRed, int sweeps)
    {
        int red = 0, found = 0;
        Parallel.For(0, sweeps, index =>
        {
            var series = new SimulatedSweep(world, setup, index).Series;
            if (series.Where((one, index) => index != setup.SlowedConfiguration && isRed(one)).Any())
                Interlocked.Increment(ref red);
            if (setup.SlowedConfiguration >= 0 && isRed(series[setup.SlowedConfiguration]))
                Interlocked.Increment(ref found);
        });
        return new Outcome((double)red / sweeps, 0, (double)found / sweeps, setup.Configurations * setup.Repeats);
    }
}
