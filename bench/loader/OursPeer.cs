using System.Diagnostics;
using Experiments.Data;

namespace Experiments.Bench.Loader;

/// <summary>Our loader as a peer.</summary>
internal static class OursPeer
{
    public static PeerResult Run(PeerRun run)
    {
        TorchSharp.torch.empty(1).Dispose(); // loads libtorch, as the other peers import it, before the clock runs
        using var source = OpenSource.Open(run);
        using var loader = BatchLoader.Create(source.Samples, new LoaderOptions { BatchSize = run.BatchSize, NumWorkers = run.Workers, Shuffle = true, Seed = 1, HugePages = Environment.GetEnvironmentVariable("BENCH_NO_HUGE_PAGES") is null });
        var epochs = new double[run.Epochs];
        var waits = new double[run.Epochs];
        var first = 0.0;
        long bytes = 0;
        for (var epoch = 0; epoch < run.Epochs; epoch++)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var batch in loader)
            {
                using (batch)
                {
                    first = first == 0 ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : first;
                    bytes = Math.Max(bytes, batch.Statistics.Bytes);
                    foreach (var name in batch.Names)
                    {
                        _ = batch[name];
                    }

                    Consumer.Compute(run.ComputeMs);
                }
            }

            epochs[epoch] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            waits[epoch] = loader.Statistics.Wait.TotalSeconds;
        }

        return new PeerResult { EpochSeconds = epochs, FirstBatchMs = first, Samples = source.Samples.Count, BatchBytes = bytes, WaitSeconds = waits };
    }
}
