using System.Numerics;
using System.Runtime.InteropServices;

namespace Experiments.Datasets.Stores;

/// <summary>Tells whether all values are finite, a vector at a time.</summary>
internal static class Finite
{
    public static bool All(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var wrong = Vector<float>.Zero;
        foreach (var vector in vectors)
            wrong += vector * 0f; // infinity and NaN become NaN and stay it; anything else becomes 0
        if (wrong != Vector<float>.Zero)
            return false;
        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
            if (!float.IsFinite(value))
                return false;
        return true;
    }
}
