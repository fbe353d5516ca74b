namespace Experiments.Engine.Telemetry.Gpu;

/// <summary>
/// Lets a trial begin when the driver has given back what the last one held: it does so some time after a process's end, and the next trial would run out of memory, or count it as its own. Trials that run
/// beside each other do not wait for one another.
/// </summary>
/// <param name="reader">Reads the machine's GPUs.</param>
/// <param name="time">The clock.</param>
internal sealed class GpuTurns(IGpuReader reader, TimeProvider time)
{
    /// <summary>The longest wait: others may have taken the memory, and keep it.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>By so much does a free device's use change by itself.</summary>
    private const long Slack = 64L << 20;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<int, long> _free = [];
    private int _running;

    /// <summary>Waits for it.</summary>
    /// <param name="visible">The trial's <c>CUDA_VISIBLE_DEVICES</c>, or null.</param>
    /// <param name="cancellationToken">Ends the waiting; the trial then begins, and ends.</param>
    /// <returns>The turn, to be given back when the trial has ended.</returns>
    internal async Task<Turn> TakeAsync(string? visible, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _running) > 1)
            return new Turn(this, null);
        var devices = GpuDevice.Visible(reader.Devices, visible);
        var (started, kept) = (time.GetTimestamp(), Kept(devices));
        while (kept > 0 && time.GetElapsedTime(started) < Patience && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            kept = Kept(devices);
        }

        foreach (var (device, reading) in reader.Read(devices))
            _free[device] = reading.UsedBytes ?? 0;
        return new Turn(this, kept > 0 ? kept : null);
    }

    private long Kept(IReadOnlyList<GpuDevice> devices) => reader.Read(devices)
        .Where(device => _free.ContainsKey(device.Key)).Select(device => (device.Value.UsedBytes ?? 0) - _free[device.Key]).Where(more => more > Slack).Sum();

    /// <summary>A trial's time on the GPUs.</summary>
    /// <param name="turns">Whose.</param>
    /// <param name="keptBytes">What was not given back in time, or null.</param>
    internal sealed class Turn(GpuTurns turns, long? keptBytes) : IDisposable
    {
        /// <summary>What was in use beyond what was before the last trial, in bytes; null when it was given back.</summary>
        internal long? KeptBytes => keptBytes;

        /// <inheritdoc />
        public void Dispose() => Interlocked.Decrement(ref turns._running);
    }
}
