using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Outbox;
using Experiments.Mlflow.Tests.Double;

namespace Experiments.Mlflow.Tests.Outbox;

/// <summary>A server that fails in every way that is known: in the end it holds what it would hold had it never failed.</summary>
public sealed class ChaosTests
{
    private const int Trials = 40;
    private const int Steps = 1000;

    [Fact]
    public async Task After_outages_cut_connections_429_and_500_the_server_holds_exactly_what_a_calm_one_holds()
    {
        await using var calm = await OutboxFixture.CreateAsync();
        await LogSweepAsync(calm, afterTrial: _ => Task.CompletedTask);

        await using var chaos = await OutboxFixture.CreateAsync();
        var random = new Random(20261122);
        var counts = new Dictionary<Mischief, int>();
        chaos.Server.OnRequest = _ =>
        {
            lock (random)
            {
                var mischief = random.Next(100) switch
                {
                    < 6 => Mischief.TooManyRequests,
                    < 12 => Mischief.InternalError,
                    < 18 => Mischief.CutBefore,
                    < 24 => Mischief.CutAfter,
                    _ => Mischief.None,
                };
                counts[mischief] = counts.GetValueOrDefault(mischief) + 1;
                return Task.FromResult(mischief);
            }
        };
        var requestsAtStop = new List<int>();
        await LogSweepAsync(chaos, async trial =>
        {
            switch (trial)
            {
                case 5 or 15 or 25:
                    await chaos.Server.StopAsync();
                    requestsAtStop.Add(chaos.Server.RequestCount);
                    break;
                case 10 or 20 or 30:
                    await chaos.Server.StartAsync();
                    break;
            }
        });

        Console.WriteLine($"chaos: {string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value}"))}, 3 outages after {string.Join(", ", requestsAtStop)} requests");
        Assert.Equal(Content(calm), Content(chaos));
        Assert.Equal(Trials * Steps * 5, chaos.Runs.Sum(run => run.Points.Count));
        Assert.Equal(Trials + 1, chaos.Runs.Count);
        Assert.All(Enum.GetValues<Mischief>().Except([Mischief.UnavailableAfter]), mischief => Assert.True(counts[mischief] > 0));
    }

    private static async Task LogSweepAsync(OutboxFixture world, Func<int, Task> afterTrial)
    {
        await using var outbox = world.Open();
        outbox.StartRun(new OutboxRun { Key = "sweep", Name = "sweep", StartTimeMs = 1 });
        for (var trial = 0; trial < Trials; trial++)
        {
            var key = $"sweep/{trial}";
            outbox.StartRun(new OutboxRun { Key = key, ParentKey = "sweep", Name = $"trial {trial}", StartTimeMs = trial });
            outbox.Log(key, new RunBatch { Params = [new("num_workers", $"{trial % 4}"), new("pin_memory", "true")], Tags = [new("trial", $"{trial}")] });
            for (var step = 0; step < Steps; step++)
            {
                outbox.Log(key, new RunBatch
                {
                    Metrics =
                    [
                        new("train/loss", step % 100 == 7 ? double.NaN : 1.0 / (step + 1), step, step),
                        new("train/accuracy", step / 1000.0, step, step),
                        new("loader/wait_ms", trial + step, step, step),
                        new("samples_per_second", 100 + step, step, step),
                        new("step_ms", step % 50 == 3 ? double.PositiveInfinity : step, step, step),
                    ],
                });
            }

            outbox.EndRun(key, trial % 10 == 9 ? RunStatus.Failed : RunStatus.Finished, DateTimeOffset.FromUnixTimeMilliseconds(trial + 1000));

            // Long enough for some batches to be on their way when the server goes.
            await Task.Delay(25);
            await afterTrial(trial);
        }

        outbox.EndRun("sweep", RunStatus.Finished, DateTimeOffset.FromUnixTimeMilliseconds(9999));
        Assert.True(await outbox.FlushAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken));
        Assert.Equal(0, outbox.Status.RejectedOperations);
        Assert.Equal(0, outbox.Status.DroppedPoints);
    }

    private static List<string> Content(OutboxFixture world) =>
    [
        .. world.Runs.OrderBy(run => run.Name, StringComparer.Ordinal).Select(run =>
            $"{run.Name} {run.Status} {run.StartTime} {run.EndTime} {run.Points.Count} "
            + $"{run.Points.OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Step).Aggregate(17, HashCode.Combine)} "
            + $"params {string.Join(',', run.Params)} "
            + $"tags {string.Join(',', run.Tags.Where(tag => tag.Key != MlflowTags.ParentRunId))} "
            + $"latest {string.Join(',', run.Latest.Values.OrderBy(p => p.Key, StringComparer.Ordinal))}"),
    ];
}
