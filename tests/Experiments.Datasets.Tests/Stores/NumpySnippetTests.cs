using Experiments.Data.FeatureStores;
using Experiments.Datasets.Tests.Support;

namespace Experiments.Datasets.Tests.Stores;

[Trait("Needs", "numpy")]
public sealed class NumpySnippetTests : IDisposable
{
    private const string Use = """

        rng = np.random.default_rng(0)
        write_store(sys.argv[1], "mine", ["yes", "no"], [
            ("a", "train", "yes", {"text": rng.random((3, 8)), "audio": rng.random((0, 4))}),
            ("b", "dev", "no", {"text": rng.random((5, 8)), "audio": rng.random((9, 4))}),
        ])
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_snippet_of_the_documentation_writes_a_store_that_can_be_read()
    {
        Python.RequireNumpy();
        var (exitCode, output) = Python.Run(folder.Path, Snippet() + Use, folder.Path);
        Assert.Equal((0, ""), (exitCode, output));
        using var store = FeatureStore.Open(folder.Path);
        Assert.Equal(("mine", 2), (store.Name, store.Count));
        Assert.Equal([3, 5, 0, 9], [store.Frames("text", 0), store.Frames("text", 1), store.Frames("audio", 0), store.Frames("audio", 1)]);
        Assert.Equal((5, 9), (store.Modalities["text"].MaxFrames, store.Modalities["audio"].MaxFrames));
        Assert.Equal([1], store.Samples(Split.Dev));
    }

    public void Dispose() => folder.Dispose();

    private static string Snippet()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "datasets.md"));
        const string fence = "```python\n";
        var start = page.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
