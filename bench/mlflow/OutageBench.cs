using System.Diagnostics;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Outbox;

namespace Experiments.Bench.Mlflow;

/// <summary>What a step of a trial costs for being logged, with a server that answers and with one that is away.</summary>
internal static class OutageBench
{
    private const int Steps = 40_000;

    public static async Task RunAsync(BenchReport report, string folder, int rounds)
    {
        List<double> up = [], down = [];
        for (var round = 0; round < rounds; round++)
        {
            await using (var server = await SinkServer.StartAsync())
            {
                up.Add(await MeasureAsync(server.Address, $"{folder}/up-{round}"));
            }

            down.Add(await MeasureAsync("http://127.0.0.1:9", $"{folder}/down-{round}"));
        }

        report.Add(BenchRow.Of("outbox, a step of 5 points, the server answers", "us a step", up));
        report.Add(BenchRow.Of("outbox, a step of 5 points, the server is away", "us a step", down, "the server answers").WithRatio(down, up));
        report.AtMost("logging a step while the server is away (us)", 100, down.Max());
    }

    private static async Task<double> MeasureAsync(string address, string folder)
    {
        await using var store = MlflowStore.Open(new MlflowOptions { TrackingUri = address, Retry = new MlflowRetryOptions { MaxRetries = 1 } });
        await using var outbox = new MlflowOutbox(store, new MlflowOutboxOptions { Experiment = "bench", Folder = folder, CloseTimeout = TimeSpan.Zero });
        outbox.StartRun(new OutboxRun { Key = "run", Name = "run" });
        var ticks = 0L;
        for (var step = 0; step < Steps; step++)
        {
            var batch = new RunBatch { Metrics = [.. Enumerable.Range(step * 5, 5).Select(Points.At)] };
            var start = Stopwatch.GetTimestamp();
            outbox.Log("run", batch);
            ticks += Stopwatch.GetTimestamp() - start;
            if (step % 400 == 399)
            {
                await Task.Delay(5);
            }
        }

        return ticks * 1e6 / Stopwatch.Frequency / Steps;
    }
}
