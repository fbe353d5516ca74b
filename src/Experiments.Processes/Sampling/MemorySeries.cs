namespace Experiments.Processes.Sampling;

/// <summary>Memory over time in bounded space: when full, every other point is dropped and half as many are taken.</summary>
/// <param name="capacity">Most points, an even number.</param>
internal sealed class MemorySeries(int capacity)
{
    private readonly List<(double Seconds, long Bytes)> _points = [];
    private int _stride = 1;
    private int _skipped;

    /// <summary>The points kept: Unix time and bytes in use.</summary>
    internal IReadOnlyList<(double Seconds, long Bytes)> Points => _points;

    /// <summary>Takes a point, or skips it.</summary>
    /// <param name="unixSeconds">When.</param>
    /// <param name="bytes">How much.</param>
    internal void Add(double unixSeconds, long bytes)
    {
        if (++_skipped < _stride)
            return;
        _skipped = 0;
        _points.Add((unixSeconds, bytes));
        if (_points.Count < capacity)
            return;
        _stride *= 2;
        for (var index = 0; index < capacity / 2; index++)
            _points[index] = _points[2 * index];
        _points.RemoveRange(capacity / 2, capacity / 2);
    }
}
