using CsCheck;
using Experiments.Data.FeatureStores;
using Experiments.Datasets.Stores;
using Experiments.Datasets.Tests.Support;

namespace Experiments.Datasets.Tests.Stores;

public sealed class FeatureStoreWriterTests : IDisposable
{
    private static readonly string[] SplitNames = ["train", "dev", "test"];
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Whatever_is_written_the_reader_accepts_and_finds_again()
    {
        var samples = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 100], Gen.Int[0, 2], Gen.Bool).Array[0, 12];
        var number = 0;
        samples.Sample(
            drawn =>
            {
                var place = folder[$"store{number++}"];
                using (var writer = new FeatureStoreWriter(place, SmallStore.Description))
                {
                    foreach (var (i, (text, audio, split, yes)) in drawn.Index())
                        writer.Append(SmallStore.Sample($"s{i}", SplitNames[split], yes ? "yes" : "no"), SmallStore.Frames(text, audio));
                    writer.Complete();
                }

                using var store = FeatureStore.Open(place);
                Assert.Equal(drawn.Length, store.Count);
                foreach (var (i, (text, audio, split, yes)) in drawn.Index())
                {
                    Assert.Equal((text, audio, yes ? 0 : 1), (store.Frames("text", i), store.Frames("audio", i), store.Labels[i]));
                    Assert.Contains(i, store.Samples((Split)split));
                }
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public void A_store_appears_whole_or_not_at_all()
    {
        using (var writer = new FeatureStoreWriter(folder["store"], SmallStore.Description))
            writer.Append(SmallStore.Sample("a"), SmallStore.Frames(1, 1));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_that_holds_something_is_left_alone()
    {
        Directory.CreateDirectory(folder["store"]);
        File.WriteAllText(Path.Combine(folder["store"], "thesis.tex"), "precious");
        Assert.Throws<IOException>(() => new FeatureStoreWriter(folder["store"], SmallStore.Description));
        Assert.Equal("precious", File.ReadAllText(Path.Combine(folder["store"], "thesis.tex")));
    }

    [Theory]
    [InlineData("a", "train", "yes", 1, "is there already")]
    [InlineData("b", "valid", "yes", 1, "train, dev, test")]
    [InlineData("b", "train", "perhaps", 1, "no class of the store")]
    [InlineData("b", "train", "yes", 5, "the store's most is 4")]
    public void A_wrong_sample_is_refused_and_the_store_goes_on(string id, string split, string label, int frames, string reason)
    {
        using var writer = new FeatureStoreWriter(folder["store"], SmallStore.Description);
        writer.Append(SmallStore.Sample("a"), SmallStore.Frames(1, 1));
        var problem = Assert.Throws<ArgumentException>(() => writer.Append(SmallStore.Sample(id, split, label), SmallStore.Frames(frames, 1)));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        writer.Append(SmallStore.Sample("c"), SmallStore.Frames(0, 0));
        writer.Complete();
        using var store = FeatureStore.Open(folder["store"]);
        Assert.Equal(["a", "c"], store.SampleNames);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.PositiveInfinity, 17)]
    [InlineData(float.NegativeInfinity, 199)]
    public void A_value_that_is_not_finite_is_refused_wherever_it_stands(float value, int place)
    {
        var audio = new float[200];
        audio[place] = value;
        using var writer = new FeatureStoreWriter(folder["store"], SmallStore.Description);
        Assert.Throws<ArgumentException>(() => writer.Append(SmallStore.Sample("a"), [new float[3], audio]));
    }

    public void Dispose() => folder.Dispose();
}
