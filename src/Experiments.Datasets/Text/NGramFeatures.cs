using System.Numerics;
using System.Runtime.InteropServices;

namespace Experiments.Datasets.Text;

/// <summary>
/// A vector for a token: its character n-grams of 2 to 4, with marks for the word's ends, and the whole word, hashed with signs into a
/// fixed number of features and scaled to length 1 (Weinberger et al. 2009, <see href="https://arxiv.org/abs/0902.2206"/>).
/// </summary>
internal static class NGramFeatures
{
    private const int Shortest = 2, Longest = 4;

    public static void Fill(string token, Span<float> features)
    {
        features.Clear();
        var marked = $"<{token}>";
        Add(marked, features);
        for (var length = Shortest; length <= Math.Min(Longest, marked.Length - 1); length++)
            for (var start = 0; start + length <= marked.Length; start++)
                Add(marked.AsSpan(start, length), features);
        Normalize(features);
    }

    private static void Add(ReadOnlySpan<char> gram, Span<float> features)
    {
        var hash = Hash(gram);
        features[(int)((hash >> 1) % (ulong)features.Length)] += (hash & 1) == 0 ? 1 : -1;
    }

    /// <summary>FNV-1a over the UTF-16 units, then SplitMix64's finish, for FNV's low bits are poor on short words.</summary>
    private static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037;
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * 1099511628211;
            hash = (hash ^ (byte)(unit >> 8)) * 1099511628211;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }

    private static void Normalize(Span<float> features)
    {
        var squares = 0; // the values are small whole numbers: exact in any order
        foreach (var value in features)
            squares += (int)(value * value);
        if (squares == 0)
            return; // every n-gram met its opposite
        var scale = 1 / MathF.Sqrt(squares);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(features);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] *= scale;
        foreach (ref var value in features[(vectors.Length * Vector<float>.Count)..])
            value *= scale;
    }
}
