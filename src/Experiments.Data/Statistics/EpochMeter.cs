namespace Experiments.Data.Statistics;

/// <summary>Adds up what the batches of an epoch cost. The consumer's thread alone writes to it.</summary>
internal sealed class EpochMeter(int epoch, int workers, TimeProvider time)
{
    private const double LoaderBoundFraction = 0.05;

    private readonly long _start = time.GetTimestamp();
    private readonly DurationHistogram _waits = new();
    private int _batches;
    private long _samples;
    private long _bytes;
    private long _depth;
    private TimeSpan _elapsed;
    private TimeSpan _first;
    private TimeSpan _wait;
    private TimeSpan _assembly;
    private TimeSpan _copy;

    public void Add(BatchStatistics batch, int samples)
    {
        _elapsed = time.GetElapsedTime(_start);
        if (_batches++ == 0)
        {
            _first = _elapsed;
        }

        _samples += samples;
        _bytes += batch.Bytes;
        _depth += batch.QueueDepth;
        _wait += batch.Wait;
        _assembly += batch.Assembly;
        _copy += batch.Copy;
        _waits.Add(batch.Wait.Ticks);
    }

    public EpochStatistics Snapshot(bool pinned, int buffers, int leaked, int rewritten)
    {
        var (verdict, headroom) = Judge();
        return new EpochStatistics
        {
            Epoch = epoch,
            Batches = _batches,
            Samples = _samples,
            Bytes = _bytes,
            Elapsed = _elapsed,
            TimeToFirstBatch = _first,
            Wait = _wait,
            WaitMedian = new TimeSpan(_waits.Quantile(0.5)),
            WaitP95 = new TimeSpan(_waits.Quantile(0.95)),
            Assembly = _assembly,
            Copy = _copy,
            QueueDepth = _batches == 0 ? 0 : (double)_depth / _batches,
            Buffers = buffers,
            LeakedBatches = leaked,
            RewrittenBatches = rewritten,
            PinMemoryEffective = pinned,
            Verdict = verdict,
            HeadroomPercent = headroom,
        };
    }

    // The first batch is start-up: neither side's speed.
    private (LoaderVerdict Verdict, double HeadroomPercent) Judge()
    {
        var steady = _elapsed - _first;
        if (_batches < 3 || steady <= TimeSpan.Zero)
        {
            return (LoaderVerdict.Unknown, 0);
        }

        var waited = _wait - _first > TimeSpan.Zero ? _wait - _first : TimeSpan.Zero;
        var computing = steady - waited;
        if (waited > LoaderBoundFraction * steady)
        {
            return (LoaderVerdict.LoaderBound, computing > TimeSpan.Zero ? 100 * (waited / computing) : double.PositiveInfinity);
        }

        var threads = Math.Clamp(workers, 1, Environment.ProcessorCount);
        var loading = _assembly / _batches / threads;
        var perBatch = computing / (_batches - 1);
        return (LoaderVerdict.ComputeBound, loading > TimeSpan.Zero ? Math.Max(0, 100 * ((perBatch / loading) - 1)) : double.PositiveInfinity);
    }
}
