// What the sampler costs a training loop of 1,000 steps a second: with control groups, by /proc, and without; interleaved. --rounds N.
using System.Globalization;
using Experiments.Bench;
using Experiments.Bench.Telemetry;

var position = Array.IndexOf(args, "--rounds");
var rounds = position >= 0 ? int.Parse(args[position + 1], CultureInfo.InvariantCulture) : 15;
var report = new BenchReport("telemetry", rounds);
if (!File.Exists("/usr/bin/python3") || !OperatingSystem.IsLinux())
{
    report.Note("no /usr/bin/python3 to run the loop: apt-get install python3");
    report.AtMost("the sampler's slowdown of 1,000 steps/s, percent", 1, null);
    return report.Write();
}

var folder = Directory.CreateTempSubdirectory("experiments-telemetry-").FullName;
var work = 10_000;
for (var attempt = 0; attempt < 3; attempt++) // so many additions that a step takes a millisecond here
    work = (int)(work * SampledLoop.Steps / 1000.0 / (await new SampledLoop(folder, work).RunAsync(null)).Seconds);
var loop = new SampledLoop(folder, work);
string[] methods = loop.GroupMethod == "none" ? ["proc"] : ["cgroup", "proc"];
var plain = methods.ToDictionary(method => method, _ => new List<double>());
var sampled = methods.ToDictionary(method => method, _ => new List<double>());
var costs = methods.ToDictionary(method => method, _ => new List<double>());
for (var round = 0; round < rounds; round++)
{
    foreach (var method in methods)
    {
        // The order changes from pair to pair, so that a drift of the machine favours neither.
        var first = round % 2 == 0 ? null : method;
        var one = await loop.RunAsync(first);
        var other = await loop.RunAsync(first is null ? method : null);
        var (without, with) = first is null ? (one, other) : (other, one);
        plain[method].Add(without.Seconds);
        sampled[method].Add(with.Seconds);
        costs[method].Add(with.Cost * 100);
    }
}

foreach (var method in methods)
{
    var name = method == "cgroup" ? loop.GroupMethod : "/proc";
    report.Add(BenchRow.Of("steps a second without the sampler", "1/s", [.. plain[method].Select(seconds => SampledLoop.Steps / seconds)]));
    report.Add(BenchRow.Of($"steps a second with the sampler, by {name}", "1/s", [.. sampled[method].Select(seconds => SampledLoop.Steps / seconds)]).WithRatio(plain[method], sampled[method]));
    report.Add(BenchRow.Of($"the sampler's own CPU time, by {name}", "% of a core", costs[method]));
    report.AtMost(
        $"slowdown of 1,000 steps/s by {name}, percent, the median", 1, (BenchRow.Median([.. sampled[method].Zip(plain[method], (with, without) => with / without)]) - 1) * 100);
}

Directory.Delete(folder, recursive: true);
return report.Write();
