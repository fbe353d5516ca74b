// What the engine adds to a trial: from the start of a trial of `true` to the start of the next, so process, memory
// measurement, files and the flushed journal line are all in it. Beside it, interleaved: Optuna with SQLite storage that
// spawns the same process, GNU parallel with a job log, and the process alone.
using Experiments.Bench;
using Experiments.Bench.Overhead;

const int Rounds = 5;
const int Trials = 60;
if (args is ["round", var memory])
{
    Contender.Print(await EngineRound.RunAsync(memory, Trials));
    return 0;
}

Contender[] contenders =
[
    new("experiments", null, folder => [Environment.ProcessPath!, "round", "best"]),
    new("experiments, memory by /proc", null, folder => [Environment.ProcessPath!, "round", "proc"]),
    new("optuna, sqlite storage", "optuna", folder => ["/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "optuna_true.py"), folder, $"{Trials}"]),
    new("parallel --joblog", "GNU parallel", folder => ["/bin/sh", "-c", Contender.ParallelScript, "sh", folder, $"{Trials}"]),
    new("the process alone, by sh", "sh", folder => ["/bin/sh", "-c", Contender.AloneScript, "sh", folder, $"{Trials}"]),
];
var medians = contenders.ToDictionary(contender => contender, _ => new List<double>());
for (var round = 0; round < Rounds; round++)
{
    foreach (var contender in contenders)
    {
        if (contender.Run() is { } milliseconds)
            medians[contender].Add(BenchRow.Median(milliseconds));
    }
}

var report = new BenchReport("overhead", Rounds);
var own = medians[contenders[0]];
foreach (var (contender, values) in medians)
{
    if (values.Count < Rounds)
    {
        report.Note($"{contender.Name}: not measured, {contender.Fault}");
        continue;
    }

    var row = BenchRow.Of(contender.Name, "ms/trial", values, contender.Peer);
    report.Add(contender.Peer is null ? row : row.WithRatio(own, values));
}

report.AtMost("a trial of `true`, start to journalled, memory measured: median under 15 ms", 15, own.Count > 0 ? BenchRow.Median(own) : null);
return report.Write();
