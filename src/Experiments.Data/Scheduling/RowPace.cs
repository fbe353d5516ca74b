using System.Diagnostics;

namespace Experiments.Data.Scheduling;

/// <summary>
/// How long a row takes, and what follows from it. A loader's runs hand it on, so that an epoch begins with what the one before has learned. Under the run's lock.
/// </summary>
internal sealed class RowPace
{
    /// <summary>A slice takes about this long: far above the cost of claiming one, far below that of a batch of decoded images.</summary>
    private static readonly double SliceTicks = Stopwatch.Frequency * 100e-6;

    /// <summary>How much of the rows' time is remembered of what waits.</summary>
    private static readonly double MemoryTicks = Stopwatch.Frequency * 50e-3;

    /// <summary>What a row takes, smoothed; 0 where it is not known yet.</summary>
    private double _ticks;

    /// <summary>The part of the rows' time, 0 to 1, that slices took whose thread waited for something: of late, and by time, for one row of many may be what all the time goes into.</summary>
    private double _waiting = 1;

    /// <summary>
    /// Whether rows keep a core busy: they are copied or decoded, not waited for. More threads than cores then only take the cores from each other and from the consumer. Of short rows
    /// that is so even where they wait: a worker that is awake comes round to the next slice before another would be up.
    /// </summary>
    public bool RowsKeepCores => _ticks > 0 && (RowsAreShort || _waiting < 0.5);

    /// <summary>Whether it matters if a thread waits while it writes a slice: of short rows it does not, and to ask would cost too much.</summary>
    public bool AsksForWaits => !RowsAreShort;

    private bool RowsAreShort => _ticks > 0 && _ticks <= SliceTicks;

    /// <summary>Learns from a slice that was written.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="ticks">What they took.</param>
    /// <param name="waited">Whether the thread waited for something meanwhile; null where nobody asked, which changes nothing that is known of it.</param>
    public void Add(int rows, long ticks, bool? waited)
    {
        var perRow = (double)ticks / rows;
        var known = _ticks > 0;
        _ticks = known ? (0.8 * _ticks) + (0.2 * perRow) : perRow;
        if (waited is { } waits)
        {
            _waiting += (known ? ticks / (ticks + MemoryTicks) : 1) * ((waits ? 1 : 0) - _waiting);
        }
    }

    /// <summary>Rows of a slice of a batch; by the number of workers as long as nothing is known.</summary>
    public int SliceRows(int rows, int workers) => _ticks == 0
        ? Math.Max(1, rows / (4 * workers))
        : (int)Math.Clamp(SliceTicks / _ticks, 1, rows);
}
