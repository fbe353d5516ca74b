using System.Diagnostics;
using System.Globalization;
using Experiments.Data.Tests.Support;

namespace Experiments.Data.Tests.Loading;

/// <summary>Random disposal, cancellation and exceptions; 3 s, or EXPERIMENTS_STRESS_SECONDS.</summary>
[Collection(nameof(LeakTests))]
public sealed class StressTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("EXPERIMENTS_STRESS_SECONDS") ?? "3", CultureInfo.InvariantCulture));

    [Fact]
    public void Nothing_hangs_or_corrupts_whatever_the_consumer_does()
    {
        var random = new Random(17);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Duration)
        {
            Round(random);
        }

        Assert.Equal(0, LoaderThreads.Count());
    }

    private static void Round(Random random)
    {
        var bad = random.Next(3) == 0 ? random.Next(200) : -1;
        var source = new RandomSource(random.Next(1, 200), random.Next(), (PaddingMode)random.Next(2)) { OnWrite = sample => Misbehave(sample, bad) };
        var options = new LoaderOptions
        {
            BatchSize = random.Next(1, 20),
            NumWorkers = random.Next(0, 6),
            PrefetchFactor = random.Next(1, 4),
            PersistentWorkers = random.Next(2) == 0,
            Shuffle = random.Next(2) == 0,
            Seed = (ulong)random.Next(),
        };
        using var loader = BatchLoader.Create(source, options);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            Epoch(loader, source, random);
        }

        Assert.Equal(0, loader.Statistics.LeakedBatches);
    }

    private static void Epoch(BatchLoader<Batch> loader, RandomSource source, Random random)
    {
        using var cancel = new CancellationTokenSource();
        var stopAt = random.Next(30);
        var held = new List<Batch>();
        var disposals = new List<Task>();
        try
        {
            foreach (var batch in loader.ReadAll(cancel.Token))
            {
                Assert.Equal(source.Expected(batch.Indices), BatchContent.Of(batch));
                held.Add(batch);
                if (held.Count == 3)
                {
                    var oldest = held[0];
                    held.RemoveAt(0);
                    disposals.Add(Task.Run(() => Check(oldest, source)));
                }

                if (stopAt-- == 0)
                {
                    if (random.Next(2) == 0)
                    {
                        break;
                    }

                    cancel.Cancel();
                }
            }
        }
        catch (LoaderException problem)
        {
            Assert.IsType<InvalidDataException>(problem.InnerException);
        }
        catch (OperationCanceledException)
        {
            Assert.True(cancel.IsCancellationRequested);
        }

        held.ForEach(batch => Check(batch, source));
        Task.WaitAll(disposals);
    }

    private static void Check(Batch batch, RandomSource source)
    {
        using (batch)
        {
            Assert.Equal(source.Expected(batch.Indices), BatchContent.Of(batch));
        }
    }

    private static void Misbehave(int sample, int bad)
    {
        if (sample == bad)
        {
            throw new InvalidDataException("damaged");
        }

        if (sample % 37 == 0)
        {
            Thread.Yield();
        }
    }
}
