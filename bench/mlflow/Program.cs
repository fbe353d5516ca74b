// What logging costs: straight to SQLite, through the outbox, over REST, while the server is away, and a large artifact.
using System.Globalization;
using Experiments.Bench;
using Experiments.Bench.Mlflow;

int Option(string name, int standard) => Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : standard;

var (points, rounds) = (Option("--points", 1_000_000), Option("--rounds", 3));
var folder = Directory.CreateTempSubdirectory("bench-mlflow-");
try
{
    var report = new BenchReport("mlflow", rounds);
    await SqliteBench.RunAsync(report, folder.FullName, points, rounds);
    await OutboxBench.RunAsync(report, folder.FullName, points, rounds);
    await HttpBench.RunAsync(report, points, rounds);
    await OutageBench.RunAsync(report, folder.FullName, rounds);
    await ArtifactBench.RunAsync(report, folder.FullName, rounds);
    report.Note("the Python client mlflow is not installed; it is not compared");
    return report.Write();
}
finally
{
    folder.Delete(recursive: true);
}
