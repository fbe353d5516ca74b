using Experiments.Data;
using Experiments.Data.FeatureStores;
using Experiments.Data.Numpy;
using Experiments.Data.Sources;

namespace Experiments.Bench.Loader;

/// <summary>A scenario's samples, and what must stay open for them.</summary>
internal sealed class OpenSource : IDisposable
{
    private readonly List<IDisposable> _open = [];

    public required ISampleSource Samples { get; init; }

    public static OpenSource Open(PeerRun run)
    {
        var open = new List<IDisposable>();
        var folder = Path.Combine(run.Data, run.Scenario.Replace("-mmap", string.Empty, StringComparison.Ordinal));
        var mapped = run.Scenario.EndsWith("-mmap", StringComparison.Ordinal);
        ISampleSource samples = run.Scenario switch
        {
            "ragged" => Ragged(folder, open),
            "jpeg" => new Experiments.Data.Images.ImageFolderSource(folder),
            "tiny" => new ColumnSource(Column.Of<long>("label", new long[BenchData.SmallSamples])),
            _ when folder.EndsWith("small", StringComparison.Ordinal) => new ColumnSource(Open("features"), Open("label")),
            _ => new ColumnSource(Open("text"), Open("video"), Open("video_lengths"), Open("audio"), Open("audio_lengths"), Open("label")),
        };

        var source = new OpenSource { Samples = new SubsetSource(samples, [.. Enumerable.Range(0, run.Samples).Select(i => i % samples.Count)]) };
        source._open.AddRange(open);
        return source;

        Column Open(string name)
        {
            var file = Path.Combine(folder, name + ".npy");
            var array = mapped ? NpyArray.Open(file) : NpyArray.Load(file);
            open.Add(array);
            return Column.Of(name, array);
        }
    }

    public void Dispose() => _open.ForEach(each => each.Dispose());

    private static ISampleSource Ragged(string folder, List<IDisposable> open)
    {
        var store = FeatureStore.Open(folder);
        open.Add(store);
        return store.Source(new FeatureSelection { Padding = PaddingMode.Maximum, Masks = false });
    }
}
