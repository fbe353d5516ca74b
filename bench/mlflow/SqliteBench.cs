using System.Diagnostics;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;

namespace Experiments.Bench.Mlflow;

/// <summary>Points logged straight to the SQLite store: in batches, and one a call.</summary>
internal static class SqliteBench
{
    public const int SinglePoints = 2000;

    public static async Task RunAsync(BenchReport report, string folder, int points, int rounds)
    {
        List<double> seconds = [], single = [], batched = [];
        for (var round = 0; round < rounds; round++)
        {
            await using var store = MlflowStore.Open($"sqlite:///{folder}/direct-{round}.db");
            var run = await store.CreateRunAsync(new NewRun { ExperimentId = "0" });
            var watch = Stopwatch.StartNew();
            foreach (var batch in Points.Batches(points, 1000))
            {
                await store.LogBatchAsync(run.Id, batch);
            }

            seconds.Add(watch.Elapsed.TotalSeconds);
            var other = await store.CreateRunAsync(new NewRun { ExperimentId = "0" });
            watch.Restart();
            for (var i = 0; i < SinglePoints; i++)
            {
                await store.LogMetricAsync(other.Id, Points.At(i));
            }

            single.Add(watch.Elapsed.TotalMicroseconds / SinglePoints);
            batched.Add(seconds[^1] * 1e6 / points);
        }

        report.Add(BenchRow.Of($"SQLite, {points:N0} points in batches of 1000", "s", seconds));
        report.Add(BenchRow.Of("SQLite, one point a call", "us a point", single, "batches").WithRatio(single, batched));
        report.AtMost("1,000,000 metric points logged to the SQLite store (s)", 20, seconds.Max() * 1_000_000 / points);
    }
}
