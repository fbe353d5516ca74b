using Experiments.Data.FeatureStores;
using Experiments.Data.Tests.Support;
using TorchSharp;

namespace Experiments.Data.Tests.Loading;

/// <summary>What is counted for the whole process is counted while no other test runs.</summary>
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
[Collection(nameof(LeakTests))]
public sealed class LeakTests
{
    [Fact]
    public void Workers_that_there_is_no_work_for_are_never_made()
    {
        using var loader = BatchLoader.Create(new RandomSource(1, 1, PaddingMode.Maximum), new LoaderOptions { NumWorkers = 8, PersistentWorkers = true });
        for (var epoch = 0; epoch < 3; epoch++)
        {
            foreach (var batch in loader)
            {
                batch.Dispose();
            }
        }

        Assert.InRange(LoaderThreads.Now(), 1, 2); // who makes the batch, and who was called for its only slice
    }

    [Fact]
    public void A_thousand_rounds_leave_no_thread_handle_mapping_or_tensor()
    {
        using var folder = new StoreFolder();
        for (var i = 0; i < 50; i++)
        {
            Round(folder.Path, i);
        }

        LoaderThreads.ReleaseMemory();
        var (handles, mappings, tensors, bytes) = (LoaderThreads.Handles(), LoaderThreads.Mappings(), torch.Tensor.TotalCount, LoaderThreads.AnonymousBytes());
        for (var i = 0; i < 1000; i++)
        {
            Round(folder.Path, i);
        }

        Assert.Equal(0, LoaderThreads.Count());
        Assert.Equal(tensors, torch.Tensor.TotalCount);
        Assert.InRange(LoaderThreads.Handles(), 0, handles + 4);
        Assert.InRange(LoaderThreads.Mappings(), 0, mappings + 40);
        LoaderThreads.ReleaseMemory();
        Assert.InRange(LoaderThreads.AnonymousBytes() - bytes, long.MinValue, 16 << 20);
    }

    // Most rounds end early; workers come and go, or stay until the loader ends.
    private static void Round(string folder, int round)
    {
        using var store = FeatureStore.Open(folder);
        using var loader = BatchLoader.Create(store.Source(), new LoaderOptions { BatchSize = 2, NumWorkers = round % 3, PersistentWorkers = round % 2 == 0, Shuffle = true });
        foreach (var batch in loader.Take(1 + (round % 4)))
        {
            using (batch)
            {
                Assert.Equal(batch.Count, batch["text"].shape[0]);
            }
        }
    }

    [Fact]
    public void A_source_that_heeds_cancellation_is_stopped_by_disposal()
    {
        var source = new Careless(writer =>
        {
            writer.Cancellation.WaitHandle.WaitOne();
            writer.Write(0, 1f);
            writer.Write(1, 1f);
        });
        var loader = BatchLoader.Create(source, new LoaderOptions { NumWorkers = 2, Timeout = TimeSpan.FromMilliseconds(50) });
        Assert.Throws<LoaderTimeoutException>(() => loader.First());
        loader.Dispose();
        Assert.Equal(0, LoaderThreads.Count());
    }
}
