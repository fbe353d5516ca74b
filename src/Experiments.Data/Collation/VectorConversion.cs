using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Experiments.Data.Collation;

/// <summary>The conversions that loaders do by the gigabyte, eight or more elements at a time. Each returns how many elements it did.</summary>
internal static class VectorConversion
{
    public static int Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            return 0;
        }

        if (typeof(TFrom) == typeof(double) && typeof(TTo) == typeof(float))
        {
            return Narrow(MemoryMarshal.Cast<TFrom, double>(from), MemoryMarshal.Cast<TTo, float>(to));
        }

        if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(double))
        {
            return Widen(MemoryMarshal.Cast<TFrom, float>(from), MemoryMarshal.Cast<TTo, double>(to));
        }

        if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(Half))
        {
            return ToHalf(MemoryMarshal.Cast<TFrom, float>(from), MemoryMarshal.Cast<TTo, ushort>(to));
        }

        if (typeof(TFrom) == typeof(byte) && typeof(TTo) == typeof(float))
        {
            return Widen(MemoryMarshal.Cast<TFrom, byte>(from), MemoryMarshal.Cast<TTo, float>(to));
        }

        return 0;
    }

    public static int ToBFloat16(ReadOnlySpan<float> from, Span<ushort> to)
    {
        var i = 0;
        for (; Vector256.IsHardwareAccelerated && i <= from.Length - 16; i += 16)
        {
            var low = BFloat16Bits(Vector256.Create(from.Slice(i, 8)));
            var high = BFloat16Bits(Vector256.Create(from.Slice(i + 8, 8)));
            Vector256.Narrow(low, high).CopyTo(to[i..]);
        }

        return i;
    }

    private static Vector256<uint> BFloat16Bits(Vector256<float> value)
    {
        var bits = value.AsUInt32();
        var rounded = (bits + Vector256.Create(0x7FFFu) + ((bits >> 16) & Vector256<uint>.One)) >> 16;
        return Vector256.ConditionalSelect(Vector256.Equals(value, value).AsUInt32(), rounded, Vector256.Create(0x7FC0u));
    }

    private static int Narrow(ReadOnlySpan<double> from, Span<float> to)
    {
        var i = 0;
        for (; i <= from.Length - 8; i += 8)
        {
            Vector256.Narrow(Vector256.Create(from.Slice(i, 4)), Vector256.Create(from.Slice(i + 4, 4))).CopyTo(to[i..]);
        }

        return i;
    }

    private static int Widen(ReadOnlySpan<float> from, Span<double> to)
    {
        var i = 0;
        for (; i <= from.Length - 8; i += 8)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(from.Slice(i, 8)));
            low.CopyTo(to[i..]);
            high.CopyTo(to[(i + 4)..]);
        }

        return i;
    }

    private static int Widen(ReadOnlySpan<byte> from, Span<float> to)
    {
        var i = 0;
        for (; i <= from.Length - 16; i += 16)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(from.Slice(i, 16)));
            Float(low).CopyTo(to[i..]);
            Float(high).CopyTo(to[(i + 8)..]);
        }

        return i;

        static Vector256<float> Float(Vector128<ushort> values)
        {
            var (a, b) = Vector128.Widen(values);
            return Vector256.ConvertToSingle(Vector256.Create(a.AsInt32(), b.AsInt32()));
        }
    }

    // Rounding to nearest even by the addition of a power of two, as in the scalar algorithm of Fabian Giesen ("float->half variants").
    private static int ToHalf(ReadOnlySpan<float> from, Span<ushort> to)
    {
        var i = 0;
        for (; i <= from.Length - 16; i += 16)
        {
            Vector256.Narrow(HalfBits(Vector256.Create(from.Slice(i, 8))), HalfBits(Vector256.Create(from.Slice(i + 8, 8)))).CopyTo(to[i..]);
        }

        return i;
    }

    private static Vector256<uint> HalfBits(Vector256<float> value)
    {
        var bits = value.AsUInt32();
        var sign = bits & Vector256.Create(0x80000000u);
        var size = bits ^ sign;

        // Too large for a half, infinite or not a number.
        var special = Vector256.ConditionalSelect(Vector256.GreaterThan(size, Vector256.Create(0x7F800000u)), Vector256.Create(0x7E00u), Vector256.Create(0x7C00u));

        // Subnormal halves: adding 0.5 aligns the bits at the bottom of the mantissa, and rounds.
        var small = (size.AsSingle() + Vector256.Create(0.5f)).AsUInt32() - Vector256.Create(0x3F000000u);

        // The rest: another exponent bias, and rounding of the 13 bits that go.
        var odd = (size >> 13) & Vector256<uint>.One;
        var normal = (size + Vector256.Create(unchecked((uint)((15 - 127) << 23) + 0xFFF)) + odd) >> 13;

        var result = Vector256.ConditionalSelect(Vector256.LessThan(size, Vector256.Create(0x38800000u)), small, normal);
        result = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(size, Vector256.Create(0x47800000u)), special, result);
        return result | (sign >> 16);
    }
}
