using System.IO.Compression;
using Experiments.Data.Numpy;
using Experiments.Data.Tests.Support;

namespace Experiments.Data.Tests.Numpy;

public sealed class NpzFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    public void Arrays_are_read_stored_or_compressed(CompressionLevel level)
    {
        Write(level);
        using var file = NpzFile.Open(_folder["a.npz"]);
        Assert.Equal(["x", "y"], file.Arrays.Keys.Order());
        Assert.Equal([1f, 2f, 3f], file.Arrays["x"].Read<float>(0, 3).ToArray());
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (long)i), file.Arrays["y"].Read<long>(0, 500).ToArray());
        Assert.Equal(level == CompressionLevel.NoCompression, file.Arrays["y"].Map is not null);
    }

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        File.WriteAllText(_folder["a.npz"], "no archive");
        Assert.Equal(DataFault.NotNumpy, Assert.Throws<DataFormatException>(() => NpzFile.Open(_folder["a.npz"])).Fault);
        File.WriteAllText(_folder["a.npz"], string.Empty);
        Assert.Equal(DataFault.NotNumpy, Assert.Throws<DataFormatException>(() => NpzFile.Open(_folder["a.npz"])).Fault);
        Assert.Equal(DataFault.Unreadable, Assert.Throws<DataFormatException>(() => NpzFile.Open(_folder["none.npz"])).Fault);
    }

    private void Write(CompressionLevel level)
    {
        using var archive = ZipFile.Open(_folder["a.npz"], ZipArchiveMode.Create);
        Add("x.npy", NpyFile.Bytes<float>("<f4", "(3,)", [1, 2, 3]));
        Add("y.npy", NpyFile.Bytes<long>("<i8", "(500,)", [.. Enumerable.Range(0, 500).Select(i => (long)i)]));

        void Add(string name, byte[] content)
        {
            using var entry = archive.CreateEntry(name, level).Open();
            entry.Write(content);
        }
    }
}
