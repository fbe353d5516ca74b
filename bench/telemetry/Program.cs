// What the sampler costs a training loop of 1,000 steps a second, with control groups and by /proc: it is switched on and off every quarter of
// a second while the loop runs, and neighbouring quarters are compared. --rounds N pairs.
using System.Globalization;
using Experiments.Bench;
using Experiments.Bench.Telemetry;

var position = Array.IndexOf(args, "--rounds");
var rounds = position >= 0 ? int.Parse(args[position + 1], CultureInfo.InvariantCulture) : 160;
var report = new BenchReport("telemetry", rounds);
if (!File.Exists("/usr/bin/python3") || !OperatingSystem.IsLinux())
{
    report.Note("no /usr/bin/python3 to run the loop: apt-get install python3");
    report.AtMost("the sampler's slowdown of 1,000 steps/s, percent", 1, null);
    return report.Write();
}

var folder = Directory.CreateTempSubdirectory("experiments-telemetry-").FullName;
var loop = new SampledLoop(folder);
string[] methods = loop.GroupMethod == "none" ? ["proc"] : ["cgroup", "proc"];
var work = 10_000;
for (var attempt = 0; attempt < 2; attempt++) // so many additions that a step takes a millisecond here
    work = (int)(work * 1e-3 / BenchRow.Median([.. (await loop.RunAsync(methods[0], 4, work)).Select(pair => pair.Without)]));
foreach (var method in methods)
{
    var name = method == "cgroup" ? loop.GroupMethod : "/proc";
    var pairs = await loop.RunAsync(method, rounds, work);
    double[] without = [.. pairs.Select(pair => pair.Without)], with = [.. pairs.Select(pair => pair.With)];
    report.Add(BenchRow.Of("a step without the sampler", "µs", [.. without.Select(seconds => seconds * 1e6)]));
    report.Add(BenchRow.Of($"a step with the sampler, by {name}", "µs", [.. with.Select(seconds => seconds * 1e6)]).WithRatio(with, without));
    var ratios = with.Zip(without, (on, off) => (on / off - 1) * 100).Order().ToArray();
    report.Note(string.Create(CultureInfo.InvariantCulture, $"{name}: the middle half of the {rounds} pairs is {ratios[ratios.Length / 4]:0.0} to {ratios[^(1 + (ratios.Length / 4))]:0.0} percent"));
    report.AtMost($"slowdown of 1,000 steps/s by {name}, percent, the median", 1, BenchRow.Median(ratios));
}

Directory.Delete(folder, recursive: true);
return report.Write();
