using System.Diagnostics;
using Experiments.Mlflow;

namespace Experiments.Bench.Mlflow;

/// <summary>Points logged over REST to a server that costs nothing: in batches, and one a call.</summary>
internal static class HttpBench
{
    public static async Task RunAsync(Report report, string folder, int points)
    {
        _ = folder;
        await using var server = await SinkServer.StartAsync();
        await using var store = MlflowStore.Open(server.Address);
        List<double> seconds = [], single = [], ratios = [], grown = [];
        for (var round = 0; round < 3; round++)
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
            ratios.Add(single[^1] / (seconds[^1] * 1e6 / points));
        }

        report.Row($"REST, {points:N0} points in batches of 1000", null, "s", seconds);
        report.Row("REST, one point a call", "batches", "us a point", single, ratios);
        report.Row("REST, memory grown at most (with the server in it)", null, "MB", grown);
    }
}
