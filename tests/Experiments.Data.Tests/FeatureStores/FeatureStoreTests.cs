using Experiments.Data.FeatureStores;
using Experiments.Data.Tests.Support;

namespace Experiments.Data.Tests.FeatureStores;

public sealed class FeatureStoreTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_store_tells_what_is_in_it()
    {
        using var store = FeatureStore.Open(_folder.Path);
        Assert.Equal("TINY", store.Name);
        Assert.Equal(7, store.Count);
        Assert.Equal(["Agree", "Question, open", "Other"], store.Classes);
        Assert.Equal([0, 1, 2, 0, 2, 0, 0], store.Labels);
        Assert.Equal([0, 1, 4, 5], store.Samples(Split.Train));
        Assert.Equal([2, 6], store.Samples(Split.Dev));
        Assert.Equal([3], store.Samples(Split.Test));
        Assert.Equal(["audio: noise"], store.Synthetic);
        Assert.Equal(9, store.Frames("text", 5));
        Assert.Null(store.Modalities["text"].FramesPerSecond);
        Assert.Equal(50, store.Modalities["audio"].FramesPerSecond);
        Assert.Equal("c", store.SampleNames[2]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Batches_hold_frames_zero_padding_lengths_masks_and_labels(int workers)
    {
        using var store = FeatureStore.Open(_folder.Path);
        using var loader = BatchLoader.Create(store.Source(), new LoaderOptions { BatchSize = 3, NumWorkers = workers });
        var seen = 0;
        foreach (var batch in loader)
        {
            using (batch)
            {
                for (var row = 0; row < batch.Count; row++, seen++)
                {
                    AssertSample(batch, row, "text", Math.Min(StoreFolder.TextFrames[seen], 9));
                    AssertSample(batch, row, "audio", Math.Min(StoreFolder.AudioFrames[seen], 6));
                    Assert.Equal(store.Labels[seen], batch["label"][row].item<long>());
                }
            }
        }

        Assert.Equal(7, seen);
    }

    [Fact]
    public void Padding_to_the_longest_is_that_of_the_batch_and_at_least_one()
    {
        using var store = FeatureStore.Open(_folder.Path);
        using var loader = BatchLoader.Create(store.Source(new FeatureSelection { Modalities = ["audio"] }), new LoaderOptions { BatchSize = 1 });
        var lengths = new List<long>();
        foreach (var batch in loader)
        {
            using (batch)
            {
                lengths.Add(batch["audio"].shape[1]);
            }
        }

        Assert.Equal([2, 6, 1, 6, 2, 6, 1], lengths);
    }

    [Fact]
    public void A_split_holds_its_own_samples_only()
    {
        using var store = FeatureStore.Open(_folder.Path);
        using var loader = BatchLoader.Create(store.Source(Split.Dev, new FeatureSelection { Padding = PaddingMode.Maximum, Masks = false }), new LoaderOptions { BatchSize = 8 });
        using var batch = loader.Single();
        Assert.Equal([2, 9, 5], batch["text"].shape);
        Assert.Equal([4L, 2L], batch.Lengths("text").data<long>().ToArray());
        Assert.Equal([2L, 0L], batch["label"].data<long>().ToArray());
        Assert.Throws<KeyNotFoundException>(() => batch.Mask("text"));
    }

    [Fact]
    public void An_unknown_modality_is_refused_with_the_known_ones()
    {
        using var store = FeatureStore.Open(_folder.Path);
        var problem = Assert.Throws<ArgumentException>(() => store.Source(new FeatureSelection { Modalities = ["vidoe"] }));
        Assert.Contains("text, audio", problem.Message, StringComparison.Ordinal);
    }

    private static void AssertSample(Batch batch, int row, string name, int frames)
    {
        var values = batch[name][row];
        Assert.Equal(frames, batch.Lengths(name)[row].item<long>());
        for (var frame = 0; frame < values.shape[0]; frame++)
        {
            Assert.Equal(frame < frames, batch.Mask(name)[row][frame].item<bool>());
            for (var k = 0; k < StoreFolder.Features; k++)
            {
                var expected = frame < frames ? StoreFolder.Value(batch.Indices[row], frame, k) : 0;
                Assert.Equal(expected, values[frame][k].item<float>());
            }
        }
    }
}
