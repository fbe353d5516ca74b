// The gates for real: sweeps of a small TorchSharp experiment on this machine, as noisy as it is, each against the last ten passing ones in MLflow. Unchanged, no sweep may be red; with 15 %
// slowdown injected in one configuration, at least 19 of 20 must be, and name it only.
// --rounds N (default 20) sweeps of each kind; --minutes M stops after M minutes, and the next call goes on (artifacts/bench/gates-real/).
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Experiments.Bench;
using Experiments.Bench.GatesReal;
using Experiments.Core.Results;

const int Repeats = 3;
const int MaxRepeats = 60;
const int Nights = 10;
const int NightRepeats = 6;
var rounds = Option("--rounds", 20);
var minutes = Option("--minutes", 10_000);
var folder = Directory.CreateDirectory(Path.Combine("artifacts", "bench", "gates-real")).FullName;
var tally = Path.Combine(folder, "tally.json");
var outcomes = File.Exists(tally) ? JsonSerializer.Deserialize<List<Outcome>>(File.ReadAllText(tally))! : [];
var sweeps = new RealSweeps(folder);
var started = Stopwatch.GetTimestamp();
for (var night = outcomes.Count > 0 ? Nights : 0; night < Nights; night++)
    sweeps.Night(NightRepeats);
while (outcomes.Count < 2 * rounds && Stopwatch.GetElapsedTime(started).TotalMinutes < minutes)
{
    var slowed = outcomes.Count % 2 == 0 ? "" : RealSweeps.Configurations[outcomes.Count / 2 % RealSweeps.Configurations.Count];
    var begun = Stopwatch.GetTimestamp();
    var outcome = Outcome.Of(sweeps.Sweep(slowed, Repeats, MaxRepeats), slowed, Stopwatch.GetElapsedTime(begun).TotalSeconds);
    outcomes.Add(outcome);
    File.WriteAllText(tally, JsonSerializer.Serialize(outcomes));
    Console.Error.WriteLine(outcome);
}

var unchanged = outcomes.Where(one => one.Slowed.Length == 0).ToArray();
var injected = outcomes.Where(one => one.Slowed.Length > 0).ToArray();
var report = new BenchReport("gates-real", Math.Min(unchanged.Length, injected.Length));
Row("spread of a configuration's trials", "%", outcomes, one => one.NoisePercent);
Row("trials of an unchanged sweep", "trials", unchanged, one => one.Trials);
Row("trials of a slowed sweep", "trials", injected, one => one.Trials);
Row("time of a sweep", "s", outcomes, one => one.Seconds);
Row("unchanged sweeps that ended unclear", "%", unchanged, one => one.Verdict is VerdictKind.Inconclusive or VerdictKind.EnvironmentChanged ? 100 : 0, one => one.Average());
report.AtMost($"of {unchanged.Length} unchanged sweeps red", 0, unchanged.Length < rounds ? null : unchanged.Count(one => one.Red.Count > 0));
report.AtLeast($"of {injected.Length} sweeps with 15 % slowdown in one configuration, red there and only there", 0.95 * rounds, injected.Length < rounds ? null : injected.Count(one => one.Red is [var red] && red == one.Slowed));
return report.Write();

void Row(string name, string unit, IReadOnlyList<Outcome> of, Func<Outcome, double> value, Func<IReadOnlyList<double>, double>? middle = null)
{
    if (of.Count > 0)
        report.Add(BenchRow.Of(name, unit, [.. of.Select(value)]) with { Value = (middle ?? BenchRow.Median)([.. of.Select(value)]) });
}

int Option(string name, int fallback) =>
    Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;
