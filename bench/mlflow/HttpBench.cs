using System.Diagnostics;
using Experiments.Mlflow;

namespace Experiments.Bench.Mlflow;

/// <summary>Points logged over REST to a server that costs nothing: in batches, and one a call.</summary>
internal static class HttpBench
{
    public static async Task RunAsync(BenchReport report, int points, int rounds)
    {
        await using var server = await SinkServer.StartAsync();
        await using var store = MlflowStore.Open(server.Address);
        List<double> seconds = [], single = [], batched = [], grown = [];
        for (var round = 0; round < rounds; round++)
        {
            using var memory = new Memory();
            var watch = Stopwatch.StartNew();
            foreach (var batch in Points.Batches(points, 1000))
            {
                await store.LogBatchAsync("r1", batch);
            }

            seconds.Add(watch.Elapsed.TotalSeconds);
            grown.Add(memory.GrownMegabytes);
            watch.Restart();
            for (var i = 0; i < SqliteBench.SinglePoints; i++)
            {
                await store.LogMetricAsync("r1", Points.At(i));
            }

            single.Add(watch.Elapsed.TotalMicroseconds / SqliteBench.SinglePoints);
            batched.Add(seconds[^1] * 1e6 / points);
        }

        report.Add(BenchRow.Of($"REST, {points:N0} points in batches of 1000", "s", seconds));
        report.Add(BenchRow.Of("REST, one point a call", "us a point", single, "batches").WithRatio(single, batched));
        report.Add(BenchRow.Of("REST, memory grown at most (with the server in it)", "MB", grown));
    }
}
