using CsCheck;
using Experiments.Data.Numpy;
using Experiments.Data.Tests.Support;
using static TorchSharp.torch;

namespace Experiments.Data.Tests.Numpy;

public sealed class NpyArrayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_array_is_read_as_it_was_written()
    {
        NpyFile.Write<short>(_folder["a.npy"], "<i2", "(2, 3)", [1, 2, 3, 4, 5, -6]);
        using var array = NpyArray.Open(_folder["a.npy"]);
        Assert.Equal(ScalarType.Int16, array.Type);
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal([4, 5, -6], array.Read<short>(1, 1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Read<short>(1, 2).Length);
        Assert.Throws<ArgumentException>(() => array.Read<float>(0, 1).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(2_000_000)]
    public void A_loaded_array_no_longer_needs_its_file(int values)
    {
        var numbers = Enumerable.Range(0, values).Select(i => i * 0.5f).ToArray();
        NpyFile.Write<float>(_folder["a.npy"], "<f4", $"({values},)", numbers);
        using var array = NpyArray.Load(_folder["a.npy"]);
        File.WriteAllText(_folder["a.npy"], "gone");
        Assert.Equal(numbers, array.Read<float>(0, array.Rows).ToArray());
    }

    [Theory]
    [InlineData("()", 1)]
    [InlineData("(0,)", 0)]
    [InlineData("(3L,)", 3)]
    public void Odd_shapes_are_understood(string shape, int values)
    {
        NpyFile.Write<double>(_folder["a.npy"], "<f8", shape, new double[values]);
        using var array = NpyArray.Open(_folder["a.npy"]);
        Assert.Equal(values, array.Rows * array.RowElements);
    }

    [Fact]
    public void A_disposed_array_says_so()
    {
        NpyFile.Write<double>(_folder["a.npy"], "<f8", "(3,)", new double[3]);
        var array = NpyArray.Open(_folder["a.npy"]);
        array.Dispose();
        Assert.Throws<ObjectDisposedException>(() => array.Read<double>(0, 1).Length);
    }

    [Theory]
    [InlineData("<c8", "(1,)", "False", DataFault.WrongType)]
    [InlineData(">f4", "(1,)", "False", DataFault.WrongType)]
    [InlineData("<f4", "(1, 1)", "True", DataFault.WrongOrder)]
    [InlineData("<f4", "(2,)", "False", DataFault.WrongSize)]
    [InlineData("<f4", "(0,)", "False", DataFault.WrongSize)]
    [InlineData("<f4", "(-1,)", "False", DataFault.BadHeader)]
    [InlineData("<f4", "(x,)", "False", DataFault.BadHeader)]
    [InlineData("<f4", "1", "False", DataFault.BadHeader)]
    [InlineData("<f4", "(1,)", "no", DataFault.BadHeader)]
    [InlineData("<f4", "(4611686018427387904, 4)", "False", DataFault.WrongShape)]
    public void A_wrong_header_is_refused(string descr, string shape, string order, DataFault fault)
    {
        NpyFile.Write<float>(_folder["a.npy"], descr, shape, [1], order);
        Assert.Equal(fault, Assert.Throws<DataFormatException>(() => NpyArray.Open(_folder["a.npy"])).Fault);
    }

    [Fact]
    public void Damaged_files_are_refused_and_never_read_beyond_their_end()
    {
        var whole = NpyFile.Bytes<float>("<f4", "(3, 2)", new float[6]);
        var gen = from length in Gen.Int[0, whole.Length - 1] from at in Gen.Int[0, 127] from value in Gen.Byte from cut in Gen.Bool select (length, at, value, cut);
        gen.Sample(
            test =>
            {
                var bytes = test.cut ? whole[..test.length] : [.. whole];
                if (!test.cut)
                {
                    bytes[test.at] = test.value;
                }

                File.WriteAllBytes(_folder["a.npy"], bytes);
                try
                {
                    using var array = NpyArray.Open(_folder["a.npy"]);
                    Assert.Equal(bytes.Length, array.DataOffset + (array.Rows * array.RowBytes));
                }
                catch (DataFormatException)
                {
                    Assert.True(test.cut || test.at < 128);
                }
            },
            iter: 2000,
            threads: 1);
    }
}
