// What the probe costs an unchanged script: for each batch, at 1,000 batches a second, and when Python starts.
// Pairs with and without the probe are interleaved; times are of the processor. --rounds N; EXPERIMENTS_BENCH_PYTHON names the interpreter.
using System.Globalization;
using Experiments.Bench;
using Experiments.Bench.Probe;

const int BareBatches = 20_000;
const int TrainedBatches = 10_000;
const int WorkedBatches = 2_000;
const double WorkMicroseconds = 985; // and what the loader itself takes: about 1,000 batches a second

var position = Array.IndexOf(args, "--rounds");
var rounds = position >= 0 ? int.Parse(args[position + 1], CultureInfo.InvariantCulture) : 7;
var report = new BenchReport("probe", rounds);
if (await PythonProcess.FindAsync() is not { } python)
{
    report.Note("no Python with torch is installed: apt-get install python3-torch");
    report.AtMost("the probe's overhead at 1,000 batches/s, percent", 1, null);
    report.AtMost("the probe's start-up, ms", 20, null);
    return report.Write();
}

using var folder = python;
var (bare, trained, worked, start) = (new Pairs(), new Pairs(), new Pairs(), new Pairs());
var attach = new List<double>();
for (var round = 0; round < rounds; round++)
{
    await bare.AddAsync(probed => python.NumberAsync(probed, "batches.py", $"{BareBatches}", "0"), 1e6 / BareBatches);
    await trained.AddAsync(probed => python.NumberAsync(probed, "batches.py", $"{TrainedBatches}", "train"), 1e6 / TrainedBatches);
    await worked.AddAsync(probed => python.NumberAsync(probed, "batches.py", $"{WorkedBatches}", WorkMicroseconds.ToString(CultureInfo.InvariantCulture)), 1 / (double)WorkedBatches);
    for (var start1 = 0; start1 < 5; start1++)
        await start.AddAsync(python.StartMillisecondsAsync, 1);
    attach.Add(await python.NumberAsync(false, "attach.py", Experiments.PyTorch.Steering.ProbeFolder.Path));
}

var (perBatch, startUp) = (bare.Differences, start.Differences);
var overhead = worked.Ratios.Select(ratio => (ratio - 1) * 100).ToList();
report.Add(BenchRow.Of("a bare batch without the probe", "µs", bare.Plain));
report.Add(BenchRow.Of("a bare batch with the probe", "µs", bare.Probed).WithRatio(bare.Probed, bare.Plain));
report.Add(BenchRow.Of("the probe's cost of a batch", "µs", perBatch));
report.Add(BenchRow.Of("a bare training step without the probe", "µs", trained.Plain));
report.Add(BenchRow.Of("the probe's cost of a bare training step", "µs", trained.Differences));
report.Add(BenchRow.Of("batches a second without the probe", "1/s", [.. worked.Plain.Select(seconds => 1 / seconds)]));
report.Add(BenchRow.Of("batches a second with the probe", "1/s", [.. worked.Probed.Select(seconds => 1 / seconds)]).WithRatio(worked.Probed, worked.Plain));
report.Add(BenchRow.Of("the probe's cost of starting Python", "ms", startUp));
report.Add(BenchRow.Of("the probe's cost of importing torch", "ms", attach));
report.AtMost("the probe's overhead at 1,000 batches/s, percent", 1, BenchRow.Median(overhead));
report.AtMost("the probe's overhead at 1,000 batches/s, percent, from its cost of a batch", 1, BenchRow.Median(perBatch) / 10);
report.AtMost("the probe's overhead at 1,000 training steps/s, percent, from its cost of a step", 1, BenchRow.Median(trained.Differences) / 10);
report.AtMost("the probe's start-up, ms", 20, BenchRow.Median(startUp) + BenchRow.Median(attach));
return report.Write();
