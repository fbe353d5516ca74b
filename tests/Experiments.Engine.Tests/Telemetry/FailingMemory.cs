using Experiments.Processes;
using Experiments.Processes.Memory;

namespace Experiments.Engine.Tests.Telemetry;

/// <summary>Memory of which some readings fail, as they do with too many open files.</summary>
/// <param name="fails">Whether a reading fails, by its number from 1.</param>
internal sealed class FailingMemory(Func<int, bool> fails) : ITreeMemory
{
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _readings;

    /// <summary>How many readings <see cref="Enough"/> waits for.</summary>
    public int Awaited { get; init; } = 20;

    /// <summary>The bytes of a reading, by its number.</summary>
    public Func<int, long> Bytes { get; init; } = number => number;

    /// <summary>Whether the kernel's count of killed processes cannot be read either.</summary>
    public bool KernelCounterFails { get; init; }

    /// <summary>Ends after as many readings.</summary>
    public Task Enough => _enough.Task;

    public string Method => "cgroup-v2";

    public string? Reason => null;

    public TimeSpan Interval => TimeSpan.FromMilliseconds(5);

    public TimeSpan ExtraCost => TimeSpan.Zero;

    public long Most { get; private set; }

    public MemoryReading Read(TimeSpan elapsed)
    {
        if (++_readings >= Awaited)
            _enough.TrySetResult();
        if (fails(_readings))
            throw new IOException("Too many open files");
        Most = Math.Max(Most, Bytes(_readings));
        return new MemoryReading(Bytes(_readings), 0, 0, 0);
    }

    public bool Exceeds(long limitBytes) => Bytes(_readings) > limitBytes;

    public bool KernelKilled() => !KernelCounterFails ? false : throw new IOException("No such device");

    public MemoryReading Peak() => new(Most, 0, 0, 0);

    public long? PeakBoundBytes() => null;

    public IReadOnlyCollection<int> Processes() => [];
}
