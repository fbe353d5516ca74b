// How often the throughput gate is wrong, by simulation: false alarms on unchanged code, power on a slowed configuration, and what simpler
// gates do with the same data; and what the growth of memory is told by. Seeded: --seed N sets another seed than the held-out one, which shares no sweep with it where they are further apart than --rounds (0: that on which
// the settings were chosen), --rounds N (default 10000) how many sweeps each row has (at most 2000
// where the matrix is small and the machine restless, 4000 in fixed plans). --only TEXT: only the worlds of the first table whose name has it, and their slowed rows.
using System.Globalization;
using Experiments.Analysis.Throughput;
using Experiments.Bench;
using Experiments.Bench.Gates;

var sweeps = Option("--rounds", 10_000);
var seed = Option("--seed", SweepSetup.HeldOut);
var report = new BenchReport("gates", sweeps);
var rule = new ThroughputRule { MaxRegressionPercent = 5, Looks = ThroughputRule.LooksOf(3, 6) };
var limits = new RepeatLimits(MaxRepeats: 6, Confirm: true);

var only = Array.IndexOf(args, "--only") is >= 0 and var named ? args[named + 1] : null;

foreach (var world in NoiseWorld.All.Where(world => only is null || world.Name.Contains(only, StringComparison.Ordinal)))
{
    var outcome = Simulation.Ours(world, new SweepSetup { Seed = seed }, rule, limits, sweeps);
    Percent($"A/A {world.Name}: false red", outcome.AnyRed);
    Percent($"A/A {world.Name}: unclear", outcome.AnyUnclear);
    report.AtMost($"A/A {world.Name}: false red in at most 1 % of sweeps", 0.01, outcome.AnyRed);
    Console.Error.WriteLine($"{world.Name}: {outcome}");
}

if (only is null || NoiseWorld.Saturated.Name.Contains(only, StringComparison.Ordinal))
{
    var busy = Simulation.Ours(NoiseWorld.Saturated, new SweepSetup { Seed = seed, SlowedConfiguration = 7, Slowdown = 0.25 }, rule, limits, sweeps);
    Power($"25 % slower, {NoiseWorld.Saturated.Name}", busy);
    report.AtLeast($"25 % slower is red, {NoiseWorld.Saturated.Name}", 0.95, busy.Found);
}

if (only is not null)
    return report.Write();

var usual = NoiseWorld.Normal("normal, CV 2.7 %", 0.027);
var slowed = new SweepSetup { Seed = seed, SlowedConfiguration = 7, Slowdown = 0.1 };
var coarse = Simulation.Ours(usual, slowed, rule, limits, sweeps);
Power("10 % slower, max_regression 5 %", coarse);
report.AtLeast("10 % slower is red at max_regression 5 %", 0.95, coarse.Found);

var fineRule = new ThroughputRule { MaxRegressionPercent = 2, Looks = ThroughputRule.LooksOf(2, 20) };
var fineSetup = new SweepSetup { Seed = seed, SlowedConfiguration = 7, Slowdown = 0.05, BaselineRepeats = 30, Repeats = 2 };
var fine = Simulation.Ours(usual, fineSetup, fineRule, new RepeatLimits(20, Confirm: true), sweeps);
Power("5 % slower, max_regression 2 %", fine);
report.AtLeast("5 % slower is red at max_regression 2 %", 0.8, fine.Found);

// A small matrix on machines whose nights differ by 8 %, as those of shared virtual cores do; trials scatter each by itself, or have slow minutes in common too.
// They take ten times as long to simulate: fewer sweeps.
var restlessSweeps = Math.Min(sweeps, 2000);
foreach (var (restless, power) in new[]
{
    (NoiseWorld.Normal("nights differ by 8 %, CV 10 %, 4 configurations", 0.1), 0.9),
    (NoiseWorld.Minutes("nights differ by 8 %, slow minutes of 12 %, CV 7 %, 4 configurations", 0.07, 0.12), 0.8),
    (NoiseWorld.Minutes("nights differ by 8 %, slow minutes of 12 % that half of 4 configurations feel, CV 7 %", 0.07, 0.12, least: 0), 0.6),
})
{
    var world = restless with { NightSpread = 0.08 };
    var nightly = new SweepSetup { Seed = seed, Configurations = 4, Nights = 10, BaselineRepeats = 60, Repeats = 3 };
    var nightlyRule = new ThroughputRule { MaxRegressionPercent = 5, Looks = ThroughputRule.LooksOf(3, 60) };
    var calm = Simulation.Ours(world, nightly, nightlyRule, new RepeatLimits(60, Confirm: true), restlessSweeps);
    Power($"A/A {world.Name}", calm);
    report.AtMost($"A/A {world.Name}: false red in at most 1 % of sweeps", 0.01, calm.AnyRed);
    var uneasy = Simulation.Ours(world, nightly with { SlowedConfiguration = 2, Slowdown = 0.15 }, nightlyRule, new RepeatLimits(60, Confirm: true), restlessSweeps);
    Power($"15 % slower, {world.Name}", uneasy);
    report.AtLeast($"15 % slower is red at max_regression 5 %, {world.Name}", power, uneasy.Found);
}

// The fixed plans that bracket the same power, and the trials between them.
var (weaker, stronger) = FixedPlans(fine.Found);
Power("5 % slower, max_regression 2 %, weaker fixed plan", weaker);
Power("5 % slower, max_regression 2 %, stronger fixed plan", stronger);
var equalTrials = weaker.Trials + (stronger.Trials - weaker.Trials) * (fine.Found - weaker.Found) / (stronger.Found - weaker.Found);
report.AtLeast("adaptive repeats save trials of a fixed plan of equal power", 0.4, 1 - fine.Trials / equalTrials);

foreach (var (name, isRed) in new (string, Func<ThroughputSeries, bool>)[]
{
    ("fixed 5 % of the previous value", series => Peers.FixedPercentage(series, 5)),
    ("t-test at 1 %", series => Peers.TTest(series, 0.01)),
    ("Mann-Whitney at 1 %", series => Peers.MannWhitney(series, 0.01)),
})
{
    var setup = new SweepSetup { Seed = seed, Repeats = 4, SlowedConfiguration = 7, Slowdown = 0.1 }; // a trial more for each than ours takes on average
    var outcome = Simulation.Peer(usual, setup, isRed, sweeps);
    Percent($"{usual.Name}: false red", outcome.AnyRed, name);
    Percent($"{usual.Name}: 10 % slower missed", 1 - outcome.Found, name);
}

Percent($"{usual.Name}: false red", coarse.AnyRed, "ours");
Percent($"{usual.Name}: 10 % slower missed", 1 - coarse.Found, "ours");

var growthTrials = Math.Max(1, sweeps / 10);
foreach (var memory in MemoryWorld.All)
{
    var red = memory.Red(growthTrials, seed);
    Percent($"memory, {memory.Name}: red at 0.25 MiB/step", red);
    if (memory.IsLeak)
        report.AtLeast($"memory, {memory.Name} is found", 0.99, red);
    else
        report.AtMost($"memory, {memory.Name} is not flagged", 0.01, red);
}

return report.Write();

int Option(string name, int fallback) =>
    Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;

(Simulation.Outcome Weaker, Simulation.Outcome Stronger) FixedPlans(double power)
{
    Simulation.Outcome? before = null;
    for (var planned = 4; ; planned++)
    {
        var once = new ThroughputRule { MaxRegressionPercent = 2 };
        var outcome = Simulation.Ours(usual, fineSetup with { Repeats = planned }, once, new RepeatLimits(planned, Confirm: true), Math.Min(sweeps, 4000));
        if (before is not null && (outcome.Found >= power || planned == 40))
            return (before, outcome);
        before = outcome;
    }
}

void Power(string name, Simulation.Outcome outcome)
{
    Percent($"{name}: found", outcome.Found);
    Percent($"{name}: another one red", outcome.AnyRed);
    report.Add(new BenchRow { Name = $"{name}: trials a sweep", Value = outcome.Trials, Unit = "trials", Min = outcome.Trials, Max = outcome.Trials });
    Console.Error.WriteLine($"{name}: {outcome}");
}

void Percent(string name, double share, string? peer = null) =>
    report.Add(new BenchRow { Name = name, Peer = peer, Value = share * 100, Unit = "%", Min = share * 100, Max = share * 100 });
