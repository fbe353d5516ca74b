namespace Experiments.Bench.Loader;

/// <summary>Memory that batches take: the process tree's anonymous and shared memory with a loader, less the same program with tiny batches; medians over the rounds.</summary>
internal static class Footprint
{
    public static void Run(Report report, string data, int rounds, bool pytorch)
    {
        var ours = Enumerable.Range(0, 2).ToDictionary(i => i == 0 ? 2 : 8, i => Loader(data, rounds, "ours", "full-mmap", i == 0 ? 2 : 8, 128));
        report.Row("full, 2 workers", "ours", "MB", [ours[2]], [1]);
        report.Row("full, 8 workers", "ours", "MB", [ours[8]], [1]);
        report.AtMost("an extra worker on large batches, MB", 4, (ours[8] - ours[2]) / 6);
        var small = Loader(data, rounds, "ours", "small-mmap", 8, 128);
        report.Row("small, 8 workers", "ours", "MB", [small], [1]);
        report.AtMost("small samples, 8 workers: beyond prefetch × batch, MB", 4, small - (2 * 128 * (768 + 2) * 4 / 1e6));
        if (pytorch)
        {
            var theirs = Loader(data, rounds, "pytorch", "full-mmap", 8, 128);
            report.Row("full, 8 workers", "pytorch", "MB", [theirs], [ours[8] / theirs]);
            report.AtMost("full, 8 workers: share of PyTorch's memory", 0.4, ours[8] / theirs);
        }
    }

    private static double Loader(string data, int rounds, string peer, string scenario, int workers, int batch)
    {
        var run = new PeerRun { Peer = peer, Scenario = scenario, Workers = workers, Data = data, Samples = 1024 * 2, Epochs = 2, BatchSize = batch };
        var with = Report.Median([.. Enumerable.Range(0, rounds).Select(_ => PeerProcess.Run(run).PeakBytes / 1e6)]);
        var without = Report.Median([.. Enumerable.Range(0, rounds).Select(_ => PeerProcess.Run(run with { Workers = 0, BatchSize = 1 }).PeakBytes / 1e6)]);
        return with - without;
    }
}
