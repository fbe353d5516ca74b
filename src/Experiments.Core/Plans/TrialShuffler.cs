namespace Experiments.Core.Plans;

/// <summary>
/// The order of one round. SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014) and
/// Fisher-Yates, rather than <see cref="Random"/>: the same seed must give the same order on every .NET version.
/// </summary>
public sealed class TrialShuffler(int seed, int round)
{
    private ulong _state = ((ulong)(uint)seed << 32) | (uint)round;

    /// <summary>Shuffles in place; every order is equally likely.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Below((uint)last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>The next 64 random bits.</summary>
    internal ulong Next()
    {
        unchecked
        {
            var mixed = _state += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    // Draws again where the plain remainder would favour small numbers.
    private int Below(uint bound)
    {
        var limit = ulong.MaxValue - (ulong.MaxValue % bound);
        ulong drawn;
        do
            drawn = Next();
        while (drawn >= limit);
        return (int)(drawn % bound);
    }
}
