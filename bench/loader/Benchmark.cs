using System.Globalization;

namespace Experiments.Bench.Loader;

/// <summary>The comparisons and what they have to show. <c>--rounds N</c> (5), <c>--only padded,full,ragged,small,jpeg,memory,scaling</c>.</summary>
internal static class Benchmark
{
    public static int Run(string[] args)
    {
        var rounds = int.Parse(Option(args, "--rounds") ?? "5", CultureInfo.InvariantCulture);
        var only = Option(args, "--only")?.Split(',');
        var root = Option(args, "--out") ?? Path.Combine(AppContext.BaseDirectory, "../../../bench");
        var data = Path.GetFullPath(Environment.GetEnvironmentVariable("BENCH_LOADER_DATA") ?? Path.Combine(root, "loader-data"));
        BenchData.Ensure(data);
        var report = new Report(rounds);
        var pytorch = PeerProcess.HasModule("torch");
        if (!pytorch)
        {
            Report.Say($"PyTorch is not installed for {PeerProcess.Python} (on Debian: apt-get install python3-torch python3-torchvision): its rows are missing.");
        }

        var parts = new (string Name, Action Part)[]
        {
            ("padded", () => Throughput.Padded(report, data, rounds, pytorch, "padded")),
            ("full", () => Throughput.Padded(report, data, rounds, pytorch, "full")),
            ("ragged", () => Throughput.Ragged(report, data, rounds, pytorch)),
            ("small", () => Throughput.Small(report, data, rounds, pytorch)),
            ("jpeg", () => Throughput.Jpeg(report, data, rounds, pytorch && PeerProcess.HasModule("torchvision"))),
            ("memory", () => Footprint.Run(report, data, rounds, pytorch)),
            ("scaling", () => Scaling.Run(report, data, rounds)),
        };
        foreach (var (name, part) in parts)
        {
            if (only is null || only.Contains(name))
            {
                Report.Say($"{name}:");
                part();
            }
        }

        report.Write(Path.GetFullPath(Path.Combine(root, "loader.json")));
        return report.AllMet ? 0 : 1;
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
