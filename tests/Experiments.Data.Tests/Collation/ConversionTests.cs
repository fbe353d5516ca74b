using System.Runtime.InteropServices;
using CsCheck;
using Experiments.Data.Collation;
using static TorchSharp.torch;

namespace Experiments.Data.Tests.Collation;

public sealed class ConversionTests
{
    private static readonly float[] Special =
    [
        0, -0f, 1, -1, 0.1f, 65504, 65519, 65520, 65536, -70000, 1e-5f, 6.1e-5f, 5.96e-8f, 2.98e-8f, 2.99e-8f, 1e-10f, float.MaxValue, float.Epsilon,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, 3.389e38f, 1.00390625f, 1.01171875f, 0.333f, 255, 256, 2049, 2051,
    ];

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Bool)]
    public void Floats_become_what_torch_makes_of_them(ScalarType type)
    {
        Assert.Equal(Torch(tensor(Special), type), Ours<float>(Special, type));
        Gen.Float.Array[0, 70].Sample(values => Torch(tensor(values), type).AsSpan().SequenceEqual(Ours<float>(values, type)), iter: 2000, threads: 1);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void Doubles_become_what_torch_makes_of_them(ScalarType type) =>
        Gen.Double.Array[0, 70].Sample(values => Torch(tensor(values), type).AsSpan().SequenceEqual(Ours<double>(values, type)), iter: 2000, threads: 1);

    [Theory]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Byte)]
    public void Floats_within_range_become_integers_as_in_torch(ScalarType type) =>
        Gen.Float[0, 255].Array[0, 70].Sample(values => Torch(tensor(values), type).AsSpan().SequenceEqual(Ours<float>(values, type)), iter: 1000, threads: 1);

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Float64)]
    public void Integers_become_what_torch_makes_of_them(ScalarType type)
    {
        Gen.Long[-70000, 70000].Array[0, 70].Sample(values => Torch(tensor(values), type).AsSpan().SequenceEqual(Ours<long>(values, type)), iter: 1000, threads: 1);
        Gen.Byte.Array[0, 70].Sample(values => Torch(tensor(values), type).AsSpan().SequenceEqual(Ours<byte>(values, type)), iter: 1000, threads: 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public unsafe void Copies_and_fills_write_their_range_and_nothing_else(bool streaming)
    {
        var gen = from offset in Gen.Int[0, 130] from length in Gen.Int[0, 2000] from source in Gen.Int[0, 70] select (offset, length, source);
        gen.Sample(
            test =>
            {
                var from = Enumerable.Range(0, 3000).Select(i => (byte)(i * 7)).ToArray();
                var to = Enumerable.Repeat((byte)0xAA, 2300).ToArray();
                fixed (byte* source = from, target = to)
                {
                    MemoryBlock.Copy(source + test.source, target + test.offset, test.length, streaming);
                    MemoryBlock.Fence();
                    Assert.True(to.AsSpan(test.offset, test.length).SequenceEqual(from.AsSpan(test.source, test.length)));
                    Assert.True(Untouched(to, test.offset, test.length));
                    MemoryBlock.Fill(target + test.offset, test.length, 1, 0, streaming);
                    MemoryBlock.Fence();
                    Assert.False(to.AsSpan(test.offset, test.length).ContainsAnyExcept((byte)0));
                    Assert.True(Untouched(to, test.offset, test.length));
                }
            },
            iter: 3000,
            threads: 1);
    }

    private static bool Untouched(byte[] memory, int offset, int length) =>
        !memory.AsSpan(0, offset).ContainsAnyExcept((byte)0xAA) && !memory.AsSpan(offset + length).ContainsAnyExcept((byte)0xAA);

    private static byte[] Torch(Tensor values, ScalarType type)
    {
        using (values)
        {
            using var converted = values.to(type).contiguous();
            return Normal(converted.bytes.ToArray(), type);
        }
    }

    private static unsafe byte[] Ours<T>(T[] values, ScalarType type)
        where T : unmanaged
    {
        var bytes = new byte[values.Length * Elements.Size(type)];
        fixed (byte* target = bytes)
        {
            Conversion.Convert<T>(values, type, target);
        }

        return Normal(bytes, type);
    }

    // Every NaN is as good as another.
    private static byte[] Normal(byte[] bytes, ScalarType type)
    {
        foreach (ref var bits in MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()))
        {
            bits = type switch
            {
                ScalarType.Float16 when (bits & 0x7FFF) > 0x7C00 => 0x7E00,
                ScalarType.BFloat16 when (bits & 0x7FFF) > 0x7F80 => 0x7FC0,
                _ => bits,
            };
        }

        if (type is ScalarType.Float64)
        {
            foreach (ref var value in MemoryMarshal.Cast<byte, double>(bytes.AsSpan()))
            {
                value = double.IsNaN(value) ? double.NaN : value;
            }
        }

        if (type is ScalarType.Float32)
        {
            foreach (ref var value in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
            {
                value = float.IsNaN(value) ? float.NaN : value;
            }
        }

        return bytes;
    }
}
