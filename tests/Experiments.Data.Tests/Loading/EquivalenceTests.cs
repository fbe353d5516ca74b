using CsCheck;
using Experiments.Data.Sampling;
using Experiments.Data.Tests.Support;

namespace Experiments.Data.Tests.Loading;

public sealed class EquivalenceTests
{
    private static readonly Gen<(LoaderOptions Options, RandomSource Source, int Hold)> Cases =
        from count in Gen.Int[0, 60]
        from batch in Gen.Int[1, 17]
        from workers in Gen.Int[0, 5]
        from prefetch in Gen.Int[1, 4]
        from flags in Gen.Int[0, 31]
        from seed in Gen.Int[0, 1000]
        from hold in Gen.Int[0, 3]
        select (
            new LoaderOptions
            {
                BatchSize = batch,
                NumWorkers = workers,
                PrefetchFactor = prefetch,
                Shuffle = (flags & 1) != 0,
                DropLast = (flags & 2) != 0,
                PersistentWorkers = (flags & 4) != 0,
                WritableBatches = (flags & 8) != 0,
                Seed = (ulong)seed,
            },
            new RandomSource(count, seed, (PaddingMode)((flags >> 4) & 1), seed % 3 == 0 ? -1.5 : 0),
            hold);

    [Fact]
    public void Any_options_give_the_batches_of_a_naive_loader() => Cases.Sample(
        test =>
        {
            using var loader = BatchLoader.Create(test.Source, test.Options);
            for (var epoch = 0; epoch < 3; epoch++)
            {
                Assert.Equal(Naive(test.Source, test.Options, epoch), Collect(loader, test.Hold));
            }
        },
        iter: 300,
        threads: 1);

    [Fact]
    public void The_random_source_of_a_sample_does_not_depend_on_workers()
    {
        var source = new RandomSource(50, 1, PaddingMode.Longest);

        Assert.Equal(Draws(0), Draws(1));
        Assert.Equal(Draws(0), Draws(3));
        Assert.Equal(100, Draws(0).Distinct().Count());

        double[] Draws(int workers)
        {
            using var loader = BatchLoader.Create(source, new LoaderOptions { BatchSize = 7, NumWorkers = workers, Shuffle = true, Seed = 5 });
            return [.. loader.SelectMany(batch => Take(batch, "draw")), .. loader.SelectMany(batch => Take(batch, "draw"))];
        }
    }

    [Fact]
    public void A_resumed_loader_gives_the_rest_of_the_epoch() => Cases.Where(test => test.Source.Count > 0).Sample(
        test =>
        {
            using var whole = BatchLoader.Create(test.Source, test.Options);
            using var broken = BatchLoader.Create(test.Source, test.Options);
            using var resumed = BatchLoader.Create(test.Source, test.Options);
            Collect(whole, 0);
            Collect(broken, 0);
            var second = Collect(whole, 0);
            var given = second.Count / 2;
            LoaderState state;
            using (var batches = broken.GetEnumerator())
            {
                for (var i = 0; i < given; i++)
                {
                    Assert.True(batches.MoveNext());
                    batches.Current.Dispose();
                }

                state = broken.State;
            }

            Assert.Equal(1, state.Epoch);
            resumed.Resume(state);
            Assert.Equal(second.Skip(given), Collect(resumed, 0));
            Assert.Equal(Collect(whole, 0), Collect(resumed, 0));
        },
        iter: 60,
        threads: 1);

    [Fact]
    public async Task Asynchronous_enumeration_gives_the_same_batches()
    {
        var source = new RandomSource(100, 3, PaddingMode.Longest);
        var options = new LoaderOptions { BatchSize = 8, NumWorkers = 2, Shuffle = true };
        using var loader = BatchLoader.Create(source, options);
        var contents = new List<BatchContent>();
        await foreach (var batch in loader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            using (batch)
            {
                contents.Add(BatchContent.Of(batch));
            }
        }

        Assert.Equal(Naive(source, options, 0), contents);
    }

    private static List<BatchContent> Naive(RandomSource source, LoaderOptions options, int epoch)
    {
        ISampler sampler = options.Shuffle ? new RandomSampler() : new SequentialSampler();
        return [.. sampler.Order(source.Count, options.Seed, epoch).Chunk(options.BatchSize)
            .Where(samples => !options.DropLast || samples.Length == options.BatchSize).Select(source.Expected)];
    }

    // The consumer holds some batches before it reads and disposes the oldest.
    private static List<BatchContent> Collect(BatchLoader<Batch> loader, int hold)
    {
        var contents = new List<BatchContent>();
        var held = new Queue<Batch>();
        foreach (var batch in loader)
        {
            held.Enqueue(batch);
            if (held.Count > hold)
            {
                Read();
            }
        }

        while (held.Count > 0)
        {
            Read();
        }

        return contents;

        void Read()
        {
            using var batch = held.Dequeue();
            contents.Add(BatchContent.Of(batch));
        }
    }

    private static double[] Take(Batch batch, string name)
    {
        using (batch)
        {
            return [.. batch[name].data<double>()];
        }
    }
}
