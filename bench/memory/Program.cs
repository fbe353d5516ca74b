// Foresight: with trials at 0, 1 and 2 workers done, the peak memory at 4 and 8 is foreseen, then measured. --rounds N.
using System.Globalization;
using Experiments.Bench;
using Experiments.Bench.Memory;

var position = Array.IndexOf(args, "--rounds");
var rounds = position >= 0 ? int.Parse(args[position + 1], CultureInfo.InvariantCulture) : 3;
var repository = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(repository, "Experiments.sln")))
    repository = Path.GetDirectoryName(repository) ?? throw new InvalidOperationException("not inside the repository");

var folder = Directory.CreateTempSubdirectory("experiments-memory-").FullName;
var report = new BenchReport("memory", rounds);
foreach (var name in new[] { "pytorch", "torchsharp" })
{
    var definition = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name + ".yaml")).Replace("REPOSITORY", repository, StringComparison.Ordinal);
    File.WriteAllText(Path.Combine(folder, name + ".yaml"), definition);
    var sweeps = new Sweeps(folder, name + ".yaml");
    var peaks = new List<(int Workers, double Foreseen, double Measured)>();
    for (var round = 0; round < rounds; round++)
    {
        var (found, fault) = sweeps.Round();
        peaks.AddRange(found);
        if (fault is not null)
            report.Note($"{name}: {fault}");
    }

    foreach (var count in new[] { 4, 8 })
    {
        var pairs = peaks.Where(peak => peak.Workers == count).ToList();
        var errors = pairs.Select(pair => Math.Abs(pair.Foreseen / pair.Measured - 1) * 100).ToList();
        if (pairs.Count > 0)
        {
            report.Add(BenchRow.Of($"{name}, {count} workers, measured", "MiB", [.. pairs.Select(pair => pair.Measured)]));
            report.Add(BenchRow.Of($"{name}, {count} workers, foreseen from 0, 1 and 2", "MiB", [.. pairs.Select(pair => pair.Foreseen)])
                .WithRatio([.. pairs.Select(pair => pair.Foreseen)], [.. pairs.Select(pair => pair.Measured)]));
        }

        report.AtMost($"{name}, {count} workers: foreseen within 10 % of measured, the median", 10, errors.Count == rounds ? BenchRow.Median(errors) : null);
    }
}

Directory.Delete(folder, recursive: true);
return report.Write();
