using System.Numerics;

namespace Experiments.Data.Statistics;

/// <summary>Counts durations in classes that are a sixteenth wide: quantiles of any number of them in constant memory.</summary>
internal sealed class DurationHistogram
{
    private const int Steps = 16;
    private readonly long[] _counts = new long[64 * Steps];
    private long _total;

    public void Add(long ticks)
    {
        _counts[ClassOf(Math.Max(ticks, 0))]++;
        _total++;
    }

    /// <summary>The upper end of the class that the quantile lies in; 0 where nothing was counted.</summary>
    public long Quantile(double quantile)
    {
        var rank = (long)Math.Ceiling(quantile * _total);
        for (var i = 0; i < _counts.Length && _total > 0; i++)
        {
            rank -= _counts[i];
            if (rank <= 0 && _counts[i] > 0)
            {
                return UpperEnd(i);
            }
        }

        return 0;
    }

    private static int ClassOf(long ticks)
    {
        if (ticks < Steps)
        {
            return (int)ticks;
        }

        var shift = BitOperations.Log2((ulong)ticks) - 4;
        return ((shift + 1) * Steps) + (int)((ticks >> shift) - Steps);
    }

    private static long UpperEnd(int index)
    {
        if (index < Steps)
        {
            return index;
        }

        var shift = (index / Steps) - 1;
        return (((long)(index % Steps) + Steps + 1) << shift) - 1;
    }
}
