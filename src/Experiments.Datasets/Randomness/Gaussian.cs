using System.Numerics;
using System.Runtime.InteropServices;

namespace Experiments.Datasets.Randomness;

/// <summary>Normal noise by a table of 4,096 quantiles: about a nanosecond a value, five values a random number.</summary>
internal static class Gaussian
{
    private const int Bits = 12, ValuesPerNumber = 64 / Bits;
    private static readonly float[] Quantiles = CreateQuantiles();

    /// <summary>Fills with values of mean 0 and standard deviation 1.</summary>
    public static void Fill(ref RandomStream random, Span<float> values)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(Quantiles);
        const ulong mask = (1 << Bits) - 1;
        var i = 0;
        for (; i <= values.Length - ValuesPerNumber; i += ValuesPerNumber)
        {
            var number = random.Next();
            values[i] = At(ref table, number & mask);
            values[i + 1] = At(ref table, (number >> Bits) & mask);
            values[i + 2] = At(ref table, (number >> (2 * Bits)) & mask);
            values[i + 3] = At(ref table, (number >> (3 * Bits)) & mask);
            values[i + 4] = At(ref table, (number >> (4 * Bits)) & mask);
        }

        for (; i < values.Length; i++)
            values[i] = At(ref table, random.Next() & mask);
    }

    /// <summary><c>values = scale · values + offsets</c>, a vector at a time and without fused rounding, so that every machine agrees.</summary>
    public static void ScaleAndAdd(Span<float> values, float scale, ReadOnlySpan<float> offsets)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var added = MemoryMarshal.Cast<float, Vector<float>>(offsets);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = (vectors[i] * scale) + added[i];
        for (var i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
            values[i] = (values[i] * scale) + offsets[i];
    }

    private static float At(ref float table, ulong index) => System.Runtime.CompilerServices.Unsafe.Add(ref table, (nint)index);

    private static float[] CreateQuantiles()
    {
        const int count = 1 << Bits;
        var quantiles = new float[count];
        for (var i = 0; i < count; i++) // rounded to 2^-12, so that the last digit of a machine's logarithm does not show
            quantiles[i] = (float)(Math.Round(NormalQuantile.At((i + 0.5) / count) * 4096) / 4096);
        return quantiles;
    }
}
