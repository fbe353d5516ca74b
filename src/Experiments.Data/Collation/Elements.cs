using static TorchSharp.torch;

namespace Experiments.Data.Collation;

/// <summary>Sizes and bits of the element types that batches can have.</summary>
internal static class Elements
{
    public static int Size(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => throw new NotSupportedException($"Batches of {type} are not supported."),
    };

    /// <summary>The element type of a .NET type.</summary>
    public static ScalarType Of<T>()
        where T : unmanaged
    {
        return typeof(T) == typeof(float) ? ScalarType.Float32
            : typeof(T) == typeof(double) ? ScalarType.Float64
            : typeof(T) == typeof(Half) ? ScalarType.Float16
            : typeof(T) == typeof(long) ? ScalarType.Int64
            : typeof(T) == typeof(int) ? ScalarType.Int32
            : typeof(T) == typeof(short) ? ScalarType.Int16
            : typeof(T) == typeof(sbyte) ? ScalarType.Int8
            : typeof(T) == typeof(byte) ? ScalarType.Byte
            : typeof(T) == typeof(bool) ? ScalarType.Bool
            : throw new NotSupportedException($"Values of {typeof(T).Name} are not supported.");
    }

    /// <summary>One element's bits, in the lowest bytes.</summary>
    public static unsafe ulong Bits(ScalarType type, double value)
    {
        ulong bits = 0;
        Conversion.Convert([value], type, (byte*)&bits);
        return bits;
    }

    public static long Product(this ReadOnlySpan<long> shape)
    {
        var product = 1L;
        foreach (var length in shape)
        {
            product = checked(product * length);
        }

        return product;
    }

    public static long Product(this long[] shape) => Product(shape.AsSpan());

    public static long Product(this Span<long> shape) => Product((ReadOnlySpan<long>)shape);
}
