using System.Security.Cryptography;
using Experiments.Data.FeatureStores;
using Experiments.Datasets.Synthetic;
using Experiments.Datasets.Tests.Support;

namespace Experiments.Datasets.Tests.Synthetic;

public sealed class SyntheticDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Profiles => [.. SyntheticProfiles.All.Select(profile => profile.Name)];

    [Fact]
    public void The_same_seed_gives_the_same_bytes_as_ever()
    {
        // A change here changes every user's data: raise SyntheticOptions' content version with it.
        Create(SyntheticProfiles.MeldDa, 12, "a");
        Assert.Equal("CE303E79DDE682B1", Checksum("a")[..16]);
    }

    [Fact]
    public void Another_seed_gives_other_content()
    {
        Create(SyntheticProfiles.MIntRec, 20, "a", seed: 1);
        Create(SyntheticProfiles.MIntRec, 20, "b", seed: 2);
        Assert.NotEqual(Checksum("a"), Checksum("b"));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Every_profile_can_be_read_and_has_its_shape(string name)
    {
        var profile = SyntheticProfiles.Find(name.ToUpperInvariant())!;
        Create(profile, 40, "a");
        using var store = FeatureStore.Open(folder["a"]);
        Assert.Equal((profile.DatasetName, 40, profile.Classes.Count), (store.Name, store.Count, store.Classes.Count));
        Assert.Equal((28, 4, 8), (store.Samples(Split.Train).Count, store.Samples(Split.Dev).Count, store.Samples(Split.Test).Count));
        Assert.Equal(profile.Classes.Count, store.Labels.Distinct().Count());
        Assert.NotEmpty(store.Synthetic);
        foreach (var modality in profile.Modalities)
            Assert.All(Enumerable.Range(0, 40), sample => Assert.InRange(store.Frames(modality.Name, sample), 1, modality.MaxFrames));
    }

    [Fact]
    public void Fewer_samples_than_classes_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(SyntheticProfiles.MIntRec, 19, "a"));

    [Fact]
    public void A_cancelled_dataset_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        var progress = new CancelAtOnce(stop);
        Assert.Throws<OperationCanceledException>(() =>
            SyntheticDataset.Create(new SyntheticOptions { Profile = SyntheticProfiles.MeldDa, Samples = 64 }, folder["a"], progress, stop.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    public void Dispose() => folder.Dispose();

    private void Create(SyntheticProfile profile, int samples, string name, long seed = 0) =>
        SyntheticDataset.Create(new SyntheticOptions { Profile = profile, Samples = samples, Seed = seed }, folder[name], null, TestContext.Current.CancellationToken);

    private string Checksum(string name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder[name]).Order(StringComparer.Ordinal))
            hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private sealed class CancelAtOnce(CancellationTokenSource stop) : IProgress<int>
    {
        public void Report(int value) => stop.Cancel();
    }
}
