using System.Runtime.CompilerServices;

namespace Experiments.Datasets.Randomness;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014, <see href="https://doi.org/10.1145/2660193.2660195"/>): the same numbers on every machine and
/// runtime, and a stream of its own for each part of a dataset, so that the order of the work does not show in the result.
/// </summary>
internal struct RandomStream
{
    private const ulong Increment = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <summary>The stream that belongs to a seed and a path of numbers, such as sample and modality.</summary>
    public RandomStream(long seed, params ReadOnlySpan<int> path)
    {
        state = Mix((ulong)seed + Increment);
        foreach (var part in path)
            state = Mix(state ^ ((ulong)(uint)part + Increment));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next() => Mix(state += Increment);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, limit).</summary>
    public int Next(int limit) => (int)(((UInt128)Next() * (ulong)limit) >> 64);

    /// <summary>Fisher–Yates.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
