namespace Experiments.Processes.Memory;

/// <summary>
/// Corrects sums of resident sets for pages that processes share copy-on-write. The sum is cheap and read often; the
/// proportional sum (PSS) is dear and read seldom. Between two exact readings the lower of their two shares holds:
/// a fork raises the sum at once without taking memory, an exit lowers it without giving any back.
/// </summary>
internal sealed class SharedPages
{
    private double _share = 1;
    private long _pendingSum;
    private long _peak;

    /// <summary>The sum at the last exact reading.</summary>
    internal long ExactSum { get; private set; }

    /// <summary>The proportional sum at the last exact reading.</summary>
    internal long Exact { get; private set; }

    /// <summary>The sum, corrected by the last exact reading.</summary>
    /// <param name="sum">Sum over the processes, in bytes.</param>
    internal long Add(long sum)
    {
        _pendingSum = Math.Max(_pendingSum, sum);
        return (long)(sum * _share);
    }

    /// <summary>Takes an exact reading.</summary>
    /// <param name="sum">The sum at the same time, in bytes.</param>
    /// <param name="proportional">The proportional sum, in bytes.</param>
    internal void AddExact(long sum, long proportional)
    {
        var share = sum > 0 ? Math.Min((double)proportional / sum, 1) : 1;
        Settle(Math.Min(share, _share));
        _peak = Math.Max(_peak, proportional);
        (_share, ExactSum, Exact) = (share, sum, proportional);
    }

    /// <summary>Takes a reading of a tree that was changing: good for the share, not for a peak.</summary>
    /// <param name="sum">The sum at about the same time, in bytes.</param>
    /// <param name="proportional">The proportional sum, in bytes.</param>
    internal void AddRough(long sum, long proportional)
    {
        var share = Math.Min((double)proportional / Math.Max(sum, 1), 1);
        Settle(Math.Min(share, _share));
        _share = share;
    }

    /// <summary>The highest use, in bytes, by what is known so far.</summary>
    internal long Peak()
    {
        Settle(_share);
        return _peak;
    }

    private void Settle(double share)
    {
        _peak = Math.Max(_peak, (long)(_pendingSum * share));
        _pendingSum = 0;
    }
}
