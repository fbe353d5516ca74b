using Experiments.Bench.Mlflow;

var points = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000;
var folder = Directory.CreateTempSubdirectory("bench-mlflow-");
try
{
    var report = new Report("mlflow");
    await SqliteBench.RunAsync(report, folder.FullName, points);
    await OutboxBench.RunAsync(report, folder.FullName, points);
    await HttpBench.RunAsync(report, folder.FullName, points);
    await ArtifactBench.RunAsync(report, folder.FullName);
    Console.WriteLine("peer: the Python client mlflow is not part of this benchmark's machine; it is not compared");
    report.Print();
    report.Write(Path.Combine("artifacts", "bench"));
    return report.AllMet ? 0 : 1;
}
finally
{
    folder.Delete(recursive: true);
}
