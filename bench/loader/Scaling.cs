namespace Experiments.Bench.Loader;

/// <summary>Worker counts beyond the cores, and a consumer that computes.</summary>
internal static class Scaling
{
    private static readonly int[] Counts = [1, 2, 4, 8];

    public static void Run(Report report, string data, int rounds)
    {
        // Seconds of epochs: in the first one the just-in-time compiler takes cores and page faults of its own.
        foreach (var (scenario, samples, epochs) in new[] { ("full", 1024, 21), ("padded", 1024, 61), ("ragged", 1779, 61), ("small", 131_072, 31) })
        {
            var run = new Comparison(data, scenario, samples, epochs);
            Array.ForEach(Counts, count => run.Peer($"ours w{count}", count));
            run.Rounds(rounds);
            var medians = Counts.ToDictionary(count => count, count => Report.Median(Steady(run, count)));
            var best = Steady(run, medians.MaxBy(pair => pair.Value).Key);
            var ratios = Counts.ToDictionary(count => count, count => report.Row($"{scenario}, {count} workers", "ours", "samples/s", Steady(run, count), Comparison.Ratios(Steady(run, count), best)));
            report.AtLeast($"{scenario}: worst count above the cores by the best", 0.9, ratios.Where(pair => pair.Key > Environment.ProcessorCount).Min(pair => pair.Value));
        }

        foreach (var scenario in new[] { "padded", "full" })
        {
            var compute = new Comparison(data, scenario, samples: 2048, epochs: 2) { ComputeMs = 100 };
            Array.ForEach([1, 2, 4], count => compute.Peer($"ours w{count}", count));
            compute.Rounds(rounds);
            foreach (var count in new[] { 1, 2, 4 })
            {
                var fractions = compute.Values($"ours w{count}", each => 100 * each.WaitSeconds[1] / each.EpochSeconds[1]);
                report.Row($"{scenario}, 100 ms of computation, {count} workers", "ours", "% waited", fractions, [1]);
                report.AtMost($"{scenario}, 100 ms of computation, {count} workers: % of the time waited", 2, Report.Median(fractions));
            }
        }
    }

    private static double[] Steady(Comparison run, int count) => run.Values($"ours w{count}", each => each.Steady);
}
