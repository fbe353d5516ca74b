namespace Experiments.Data.Sampling;

/// <summary>
/// A small random source (SplitMix64, Steele, Lea and Flood 2014) that is the same on every machine and for every number of workers.
/// </summary>
public struct SampleRandom
{
    private ulong _state;

    /// <summary>A source of its own for each triple of seed, epoch and position.</summary>
    public SampleRandom(ulong seed, ulong epoch, ulong position) =>
        _state = Mix(Mix(Mix(seed + 0x9E3779B97F4A7C15) ^ (epoch + 0xD1B54A32D192ED03)) ^ (position + 0x8CB92BA72F3D8DD7));

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>A whole number from 0 to below <paramref name="bound"/>, without bias (Lemire 2019).</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        while (true)
        {
            var product = (ulong)(uint)NextBits() * (uint)bound;
            if ((uint)product >= (uint)bound || (uint)product >= (uint)(-bound) % (uint)bound)
            {
                return (int)(product >> 32);
            }
        }
    }

    /// <summary>A number from 0 to below 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
