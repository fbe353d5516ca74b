using System.Text;
using Experiments.Datasets.Stores;
using Experiments.Datasets.Tests.Support;

namespace Experiments.Datasets.Tests.Stores;

public sealed class NpyWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_header_is_that_of_numpy()
    {
        Write([1, 2, 3, 4, 5, 6], columns: 3);
        var bytes = File.ReadAllBytes(folder["a.npy"]);
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0], bytes[..10]);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", Encoding.ASCII.GetString(bytes[10..127]).TrimEnd());
        Assert.Equal((byte)'\n', bytes[127]);
        Assert.Equal(128 + (6 * sizeof(float)), bytes.Length);
    }

    [Fact]
    public void Values_that_make_no_whole_rows_are_refused()
    {
        using var writer = new NpyWriter<float>(folder["b.npy"], 3);
        Assert.Throws<ArgumentException>(() => writer.Append([1, 2]));
    }

    [Fact]
    public void Other_types_are_refused() => Assert.Throws<NotSupportedException>(() => new NpyWriter<double>(folder["c.npy"]));

    [Fact]
    public void Numpy_reads_what_was_written()
    {
        Python.RequireNumpy();
        Write([1.5f, -2, 3, float.Epsilon], columns: 2);
        using (var writer = new NpyWriter<long>(folder["o.npy"]))
        {
            writer.Append([0, long.MaxValue]);
            writer.Complete();
        }

        var (exitCode, output) = Python.Run(folder.Path, "import numpy as n; a = n.load('a.npy', mmap_mode='r'); o = n.load('o.npy'); print(a.dtype, a.shape, a[0].tolist(), o.dtype, o.tolist())");
        Assert.Equal((0, "float32 (2, 2) [1.5, -2.0] int64 [0, 9223372036854775807]"), (exitCode, output.Trim()));
    }

    public void Dispose() => folder.Dispose();

    private void Write(float[] values, int columns)
    {
        using var writer = new NpyWriter<float>(folder["a.npy"], columns);
        writer.Append(values);
        writer.Complete();
    }
}
