using System.Diagnostics;
using Experiments.Mlflow;
using Experiments.Mlflow.Outbox;

namespace Experiments.Bench.Mlflow;

/// <summary>Points handed to an outbox one by one, as a trial does: what a call costs the caller, and when all has arrived in SQLite.</summary>
internal static class OutboxBench
{
    public static async Task RunAsync(BenchReport report, string folder, int points, int rounds)
    {
        List<double> seconds = [], call = [], worst = [], grown = [];
        for (var round = 0; round < rounds; round++)
        {
            await using var store = MlflowStore.Open($"sqlite:///{folder}/outbox-{round}.db");
            using var memory = new Memory();
            var watch = Stopwatch.StartNew();
            await using (var outbox = new MlflowOutbox(store, new MlflowOutboxOptions
            {
                Experiment = "bench",
                Folder = $"{folder}/outbox-{round}",
                CloseTimeout = TimeSpan.FromMinutes(2),
            }))
            {
                outbox.StartRun(new OutboxRun { Key = "run", Name = "run" });
                var longest = 0L;
                var total = 0L;
                for (var i = 0; i < points; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    outbox.Log("run", Points.At(i));
                    var ticks = Stopwatch.GetTimestamp() - start;
                    total += ticks;
                    longest = Math.Max(longest, ticks);

                    // A trial takes its time; without a pause this would measure how much fits into memory.
                    if (i % 1000 == 999)
                    {
                        await Task.Delay(5);
                    }
                }

                call.Add(total * 1e6 / Stopwatch.Frequency / points);
                worst.Add(longest * 1e3 / Stopwatch.Frequency);
                if (!await outbox.FlushAsync(TimeSpan.FromMinutes(2)))
                {
                    throw new InvalidOperationException(outbox.Status.LastError);
                }
            }

            seconds.Add(watch.Elapsed.TotalSeconds);
            grown.Add(memory.GrownMegabytes);
        }

        report.Add(BenchRow.Of($"outbox to SQLite, {points:N0} points one a call", "s", seconds));
        report.Add(BenchRow.Of("outbox, what a call costs the caller", "us a point", call));
        report.Add(BenchRow.Of("outbox, the longest call", "ms", worst));
        report.Add(BenchRow.Of("outbox, memory grown at most", "MB", grown));
    }
}
