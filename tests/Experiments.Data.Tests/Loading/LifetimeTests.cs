using System.Runtime.CompilerServices;
using Experiments.Data.Tests.Support;
using TorchSharp;

namespace Experiments.Data.Tests.Loading;

public sealed class LifetimeTests
{
    private static readonly RandomSource Source = new(40, 1, PaddingMode.Maximum);

    [Fact]
    public void A_disposed_batch_and_its_tensors_say_so()
    {
        using var loader = BatchLoader.Create(Source, new LoaderOptions { BatchSize = 4 });
        var batch = loader.First();
        var tensor = batch["frames"];
        batch.Dispose();
        batch.Dispose();
        Assert.Throws<ObjectDisposedException>(() => batch["frames"]);
        Assert.ThrowsAny<InvalidOperationException>(() => tensor.sum());
    }

    [Fact]
    public void An_unknown_tensor_is_refused_with_the_known_ones()
    {
        using var loader = BatchLoader.Create(Source, new LoaderOptions());
        using var batch = loader.First();
        Assert.Contains("frames, id, draw, frames_lengths, frames_mask", Assert.Throws<KeyNotFoundException>(() => batch["farmes"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Batches_that_are_held_keep_their_values_until_the_bound_is_reached(int workers)
    {
        var options = new LoaderOptions { BatchSize = 4, NumWorkers = workers, MaxBatchesHeld = 3, HeldBatchTimeout = TimeSpan.FromMilliseconds(100) };
        var source = new RandomSource(100, 1, PaddingMode.Maximum);
        using var loader = BatchLoader.Create(source, options);
        using var epoch = loader.GetEnumerator();
        var held = new List<Batch>();
        var problem = Assert.Throws<BatchesHeldException>(() =>
        {
            while (epoch.MoveNext())
            {
                held.Add(epoch.Current);
            }
        });

        // Of batches as small as these, 16 are made ahead.
        Assert.Equal(workers == 0 ? 3 : 19, held.Count);
        Assert.Equal(held.Count, problem.Held);
        Assert.All(held, batch => Assert.Equal(source.Expected(batch.Indices), BatchContent.Of(batch)));

        // Giving one back lets the epoch go on.
        held[0].Dispose();
        Assert.True(epoch.MoveNext());
        held.Add(epoch.Current);
        held.ForEach(batch => batch.Dispose());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Forgotten_batches_are_found_and_counted(int workers)
    {
        using var loader = BatchLoader.Create(Source, new LoaderOptions { BatchSize = 4, NumWorkers = workers, MaxBatchesHeld = 2 });
        Assert.Equal(10, Forget(loader));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(10, loader.Statistics.LeakedBatches);
    }

    [Fact]
    public void Batches_outlive_their_loader()
    {
        var loader = BatchLoader.Create(Source, new LoaderOptions { BatchSize = 4, NumWorkers = 2 });
        var batch = loader.First();
        loader.Dispose();
        Assert.Equal(Source.Expected(batch.Indices), BatchContent.Of(batch));
        batch.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loader.GetEnumerator());
    }

    [Fact]
    public void A_dispose_scope_of_the_consumer_does_not_take_the_pool_along()
    {
        using var loader = BatchLoader.Create(Source, new LoaderOptions { BatchSize = 4 });
        for (var epoch = 0; epoch < 2; epoch++)
        {
            using var scope = torch.NewDisposeScope();
            foreach (var batch in loader)
            {
                using (batch)
                {
                    Assert.Equal(Source.Expected(batch.Indices), BatchContent.Of(batch));
                }
            }
        }
    }

    [Fact]
    public void Writing_into_padding_is_repaired_and_counted()
    {
        using var loader = BatchLoader.Create(Source, new LoaderOptions { BatchSize = 4 });
        for (var epoch = 0; epoch < 2; epoch++)
        {
            foreach (var batch in loader)
            {
                using (batch)
                {
                    Assert.Equal(Source.Expected(batch.Indices), BatchContent.Of(batch));
                    batch["frames"].add_(1);
                }
            }
        }

        Assert.InRange(loader.Statistics.RewrittenBatches, 15, 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Padding_of_large_batches_is_right_even_in_memory_that_was_used_before(double padding)
    {
        var frames = new FieldSpec { Name = "frames", Shape = [300, 1024], Ragged = true, PaddingValue = padding };
        for (var round = 0; round < 5; round++)
        {
            using (var dirty = torch.ones(3, 300, 1024))
            {
                Assert.Equal(1, dirty[2, 299, 1023].item<float>());
            }

            using var loader = BatchLoader.Create(new Careless(writer => writer.Write<float>(0, new float[1024 * 2])) { Fields = [frames], Count = 6 }, new LoaderOptions { BatchSize = 3 });
            foreach (var batch in loader)
            {
                using (batch)
                {
                    Assert.Equal(3 * 298 * 1024 * padding, batch["frames"].to(torch.ScalarType.Float64).sum().item<double>());
                    Assert.Equal(padding, batch["frames"][1, 2, 0].item<float>());
                }
            }
        }
    }

    [Fact]
    public void A_failing_conversion_gives_the_batch_back()
    {
        using var loader = BatchLoader.Create<Batch>(Source, new LoaderOptions { BatchSize = 4, MaxBatchesHeld = 1, HeldBatchTimeout = TimeSpan.Zero }, _ => throw new InvalidOperationException("no"));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("no", Assert.Throws<InvalidOperationException>(() => loader.First()).Message);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Forget(BatchLoader<Batch> loader)
    {
        var count = 0;
        foreach (var batch in loader)
        {
            count++;
        }

        return count;
    }
}
