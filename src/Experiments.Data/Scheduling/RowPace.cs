using System.Diagnostics;

namespace Experiments.Data.Scheduling;

/// <summary>
/// How long a row takes, and what follows from it. A loader's runs hand it on, so that an epoch begins with what the one before has learned. Under the run's lock.
/// </summary>
internal sealed class RowPace
{
    /// <summary>A slice takes about this long: far above the cost of claiming one, far below that of a batch of decoded images.</summary>
    private static readonly double SliceTicks = Stopwatch.Frequency * 100e-6;

    /// <summary>What a row takes, smoothed; 0 where it is not known yet.</summary>
    private double _ticks;

    /// <summary>
    /// Whether rows are copied, not decoded or waited for. A worker that is awake then comes round to the next slice before another would be up, and more threads than
    /// cores only take the cores from each other and from the consumer.
    /// </summary>
    public bool RowsAreShort => _ticks > 0 && _ticks <= SliceTicks;

    /// <summary>Learns from a slice that was written.</summary>
    public void Add(int rows, long ticks)
    {
        var perRow = (double)ticks / rows;
        _ticks = _ticks == 0 ? perRow : (0.8 * _ticks) + (0.2 * perRow);
    }

    /// <summary>Rows of a slice of a batch; by the number of workers as long as nothing is known.</summary>
    public int SliceRows(int rows, int workers) => _ticks == 0
        ? Math.Max(1, rows / (4 * workers))
        : (int)Math.Clamp(SliceTicks / _ticks, 1, rows);
}
