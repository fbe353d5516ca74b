namespace Experiments.Bench.Loader;

/// <summary>Samples a second against each peer at its best number of workers. The first epoch is not counted unless it is said.</summary>
internal static class Throughput
{
    private const string Unit = "samples/s";
    private static readonly int[] Ours = [0, 1, 2];
    private static readonly int[] PyTorch = [0, 1, 2, 4];
    private static readonly int[] TorchSharp = [1, 2, 4];

    /// <summary>With the padding that MIntRec's features have, and without any: how far above PyTorch that can be, the machine's memory decides.</summary>
    public static void Padded(Report report, string data, int rounds, bool pytorch, string kind)
    {
        foreach (var scenario in new[] { kind, $"{kind}-mmap" })
        {
            var run = new Comparison(data, scenario, samples: 1024, epochs: 3).Peer("ours", Ours);
            run = Peers(run, pytorch).Peer("copy", 1, 2).Rounds(rounds);
            var threads = Math.Max(1, run.WorkersOf("ours"));
            var copy = run.Values("copy", threads, each => each.Steady);
            Rows(report, run, scenario, pytorch);
            if (pytorch)
            {
                report.AtLeast($"{scenario}: times PyTorch", 10, Report.Median(run.Ratios("ours", "pytorch", each => each.Steady)));
                report.AtLeast($"{scenario}: times PyTorch with huge pages", 2, Report.Median(run.Ratios("ours", "pytorch-hugepages", each => each.Steady)));
            }

            report.AtLeast($"{scenario}: times TorchSharp", 7, Report.Median(run.Ratios("ours", "torchsharp", each => each.Steady)));
            report.AtLeast($"{scenario}: share of the copy ceiling", 0.8, report.Row(scenario, $"copy ({threads} threads)", Unit, copy, Comparison.Ratios(run.Values("ours", each => each.Steady), copy)));
        }
    }

    public static void Ragged(Report report, string data, int rounds, bool pytorch)
    {
        var run = new Comparison(data, "ragged", samples: 1779, epochs: 3).Peer("ours", Ours);
        run = pytorch ? run.Peer("pytorch", PyTorch).Rounds(rounds) : run.Rounds(rounds);
        report.Row("ragged", $"ours ({run.WorkersOf("ours")} workers)", Unit, run.Values("ours", each => each.Steady), [1]);
        report.Row("ragged, first epoch", "ours", Unit, run.Values("ours", each => each.First), [1]);
        if (!pytorch)
        {
            return;
        }

        var steady = report.Row("ragged", $"pytorch ({run.WorkersOf("pytorch")} workers)", Unit, run.Values("pytorch", each => each.Steady), run.Ratios("ours", "pytorch", each => each.Steady));
        var first = report.Row("ragged, first epoch", "pytorch", Unit, run.Values("pytorch", each => each.First), run.Ratios("ours", "pytorch", each => each.First));
        var batch = report.Row("ragged, first batch", "pytorch (0 workers)", "ms", run.Values("pytorch", 0, each => each.FirstBatchMs), Comparison.Ratios(run.Values("ours", each => each.FirstBatchMs), run.Values("pytorch", 0, each => each.FirstBatchMs)));
        report.AtLeast("ragged to padded: times PyTorch", 25, steady);
        report.AtLeast("ragged to padded, first epoch: times PyTorch", 8, first);
        report.AtMost("time to first batch by PyTorch's with 0 workers", 1, batch);
    }

    public static void Small(Report report, string data, int rounds, bool pytorch)
    {
        foreach (var scenario in new[] { "small", "small-mmap" })
        {
            var run = Peers(new Comparison(data, scenario, samples: 131_072, epochs: 3).Peer("ours", Ours), pytorch).Rounds(rounds);
            Rows(report, run, scenario, pytorch);
            if (pytorch)
            {
                report.AtLeast($"{scenario}: times PyTorch", 2.5, Report.Median(run.Ratios("ours", "pytorch", each => each.Steady)));
            }

            report.AtLeast($"{scenario}: times TorchSharp", 6, Report.Median(run.Ratios("ours", "torchsharp", each => each.Steady)));
        }

        var tiny = new Comparison(data, "tiny", samples: 131_072, epochs: 3).Peer("ours w0", 0).Peer("ours w1", 1).Rounds(rounds);
        foreach (var peer in new[] { "ours w0", "ours w1" })
        {
            var overhead = tiny.Values(peer, each => 1e6 / (each.Steady / 128));
            report.Row("a batch of 128 labels alone", peer, "µs", overhead, [1]);
            report.AtMost($"overhead of a batch, {peer}, µs", 50, Report.Median(overhead));
        }
    }

    public static void Jpeg(Report report, string data, int rounds, bool torchvision)
    {
        foreach (var workers in Ours)
        {
            var run = new Comparison(data, "jpeg", samples: 600, epochs: 2) { BatchSize = 64 }.Peer("ours", workers);
            run = torchvision ? run.Peer("pytorch jpeg-pillow", workers).Peer("pytorch jpeg-torchvision", workers).Rounds(rounds) : run.Rounds(rounds);
            report.Row($"jpeg, {workers} workers", "ours", Unit, run.Values("ours", each => each.Steady), [1]);
            if (torchvision)
            {
                var pillow = report.Row($"jpeg, {workers} workers", "pillow", Unit, run.Values("pytorch jpeg-pillow", each => each.Steady), run.Ratios("ours", "pytorch jpeg-pillow", each => each.Steady));
                var vision = report.Row($"jpeg, {workers} workers", "torchvision", Unit, run.Values("pytorch jpeg-torchvision", each => each.Steady), run.Ratios("ours", "pytorch jpeg-torchvision", each => each.Steady));
                report.AtLeast($"jpeg, {workers} workers: times the better of Pillow and torchvision", 1.3, Math.Min(pillow, vision));
            }
        }
    }

    private static Comparison Peers(Comparison run, bool pytorch) =>
        (pytorch ? run.Peer("pytorch", PyTorch).Peer("pytorch-hugepages", PyTorch) : run).Peer("torchsharp", TorchSharp);

    private static void Rows(Report report, Comparison run, string name, bool pytorch)
    {
        report.Row(name, $"ours ({run.WorkersOf("ours")} workers)", Unit, run.Values("ours", each => each.Steady), [1]);
        string[] peers = pytorch ? ["pytorch", "pytorch-hugepages", "torchsharp"] : ["torchsharp"];
        foreach (var peer in peers)
        {
            report.Row(name, $"{peer} ({run.WorkersOf(peer)})", Unit, run.Values(peer, each => each.Steady), run.Ratios("ours", peer, each => each.Steady));
        }
    }
}
