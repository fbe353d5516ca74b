using Experiments.Datasets.Synthetic;
using Experiments.Datasets.Tests.Support;

namespace Experiments.Datasets.Tests.Synthetic;

public sealed class DatasetCacheTests : IDisposable
{
    private static readonly SyntheticOptions Options = new() { Profile = SyntheticProfiles.MeldDa, Samples = 12 };
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Several_who_make_a_dataset_at_once_all_get_it()
    {
        var places = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => GetOrCreate())));
        Assert.All(places, place => Assert.Equal(folder["meld-da-12-0-v1"], place));
        Assert.Equal(places[0], Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path)));
    }

    [Fact]
    public void A_dataset_that_is_there_is_not_made_again()
    {
        Assert.False(DatasetCache.Has(Options, folder.Path));
        var description = new FileInfo(Path.Combine(GetOrCreate(), "dataset.json"));
        var written = description.LastWriteTimeUtc;
        Assert.True(DatasetCache.Has(Options, folder.Path));
        GetOrCreate();
        description.Refresh();
        Assert.Equal(written, description.LastWriteTimeUtc);
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_when_it_is_old()
    {
        var (old, young) = (folder["meld-da-12-0-v1.0123.tmp"], folder["meld-da-12-0-v1.4567.tmp"]);
        Directory.CreateDirectory(old);
        Directory.CreateDirectory(young);
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        GetOrCreate();
        Assert.Equal((false, true), (Directory.Exists(old), Directory.Exists(young)));
    }

    public void Dispose() => folder.Dispose();

    private string GetOrCreate() => DatasetCache.GetOrCreate(Options, folder.Path, null, TestContext.Current.CancellationToken);
}
