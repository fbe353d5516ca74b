using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Experiments.Data.Collation;

/// <summary>Writes values of one element type as another: bit for bit as PyTorch's <c>Tensor.to</c> does on this processor where the value fits the type.</summary>
internal static unsafe class Conversion
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert<T>(ReadOnlySpan<T> values, ScalarType type, byte* destination, bool streaming = false)
        where T : unmanaged
    {
        if (type == Elements.Of<T>())
        {
            fixed (T* source = values)
            {
                MemoryBlock.Copy((byte*)source, destination, (long)values.Length * sizeof(T), streaming);
            }

            return;
        }

        if (typeof(T) == typeof(bool))
        {
            FromNumbers(MemoryMarshal.AsBytes(values), type, destination);
        }
        else if (typeof(T) == typeof(float))
        {
            FromNumbers(MemoryMarshal.Cast<T, float>(values), type, destination);
        }
        else if (typeof(T) == typeof(double))
        {
            FromNumbers(MemoryMarshal.Cast<T, double>(values), type, destination);
        }
        else if (typeof(T) == typeof(Half))
        {
            FromNumbers(MemoryMarshal.Cast<T, Half>(values), type, destination);
        }
        else if (typeof(T) == typeof(long))
        {
            FromNumbers(MemoryMarshal.Cast<T, long>(values), type, destination);
        }
        else if (typeof(T) == typeof(int))
        {
            FromNumbers(MemoryMarshal.Cast<T, int>(values), type, destination);
        }
        else if (typeof(T) == typeof(short))
        {
            FromNumbers(MemoryMarshal.Cast<T, short>(values), type, destination);
        }
        else if (typeof(T) == typeof(sbyte))
        {
            FromNumbers(MemoryMarshal.Cast<T, sbyte>(values), type, destination);
        }
        else
        {
            FromNumbers(MemoryMarshal.AsBytes(values), type, destination);
        }
    }

    private static void FromNumbers<T>(ReadOnlySpan<T> values, ScalarType type, byte* destination)
        where T : unmanaged, INumberBase<T>
    {
        switch (type)
        {
            case ScalarType.Float32: To(values, new Span<float>(destination, values.Length)); break;
            case ScalarType.Float64: To(values, new Span<double>(destination, values.Length)); break;
            case ScalarType.Float16: To(values, new Span<Half>(destination, values.Length)); break;
            case ScalarType.BFloat16: ToBFloat16(values, new Span<ushort>(destination, values.Length)); break;
            case ScalarType.Int64: To(values, new Span<long>(destination, values.Length)); break;
            case ScalarType.Int32: To(values, new Span<int>(destination, values.Length)); break;
            case ScalarType.Int16: To(values, new Span<short>(destination, values.Length)); break;
            case ScalarType.Int8: To(values, new Span<sbyte>(destination, values.Length)); break;
            case ScalarType.Byte: To(values, new Span<byte>(destination, values.Length)); break;
            case ScalarType.Bool: ToBool(values, new Span<byte>(destination, values.Length)); break;
            default: throw new NotSupportedException($"Batches of {type} are not supported.");
        }
    }

    private static void To<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        var done = VectorConversion.Convert(from, to);
        for (var i = done; i < from.Length; i++)
        {
            // A half is rounded from a float, as in PyTorch, even where a double is at hand.
            to[i] = typeof(TTo) == typeof(Half) ? TTo.CreateTruncating(float.CreateTruncating(from[i])) : TTo.CreateTruncating(from[i]);
        }
    }

    private static void ToBFloat16<TFrom>(ReadOnlySpan<TFrom> from, Span<ushort> to)
        where TFrom : unmanaged, INumberBase<TFrom>
    {
        var done = typeof(TFrom) == typeof(float) ? VectorConversion.ToBFloat16(MemoryMarshal.Cast<TFrom, float>(from), to) : 0;
        for (var i = done; i < from.Length; i++)
        {
            to[i] = BFloat16Bits(float.CreateTruncating(from[i]));
        }
    }

    private static void ToBool<TFrom>(ReadOnlySpan<TFrom> from, Span<byte> to)
        where TFrom : unmanaged, INumberBase<TFrom>
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = TFrom.IsZero(from[i]) ? (byte)0 : (byte)1;
        }
    }

    /// <summary>The upper half of the number's bits, rounded to nearest, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ushort BFloat16Bits(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
