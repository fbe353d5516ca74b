using Experiments.Processes.Memory;

namespace Experiments.Processes.Tests.Running;

/// <summary>Memory that is nearly always being read.</summary>
internal sealed class SlowMemory : ITreeMemory
{
    private volatile bool _isRead;

    /// <summary>What each reading throws, or null.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Whether somebody reads right now.</summary>
    public bool IsRead => _isRead;

    /// <summary>The readings so far.</summary>
    public int Readings { get; private set; }

    public string Method => "none";

    public string? Reason => null;

    public TimeSpan Interval => TimeSpan.FromMilliseconds(1);

    public TimeSpan ExtraCost => TimeSpan.Zero;

    public MemoryReading Read(TimeSpan elapsed)
    {
        _isRead = true;
        Thread.Sleep(10);
        Readings++;
        _isRead = false;
        return Fault is null ? default : throw Fault;
    }

    public bool Exceeds(long limitBytes) => false;

    public bool KernelKilled() => false;

    public MemoryReading Peak() => default;

    public long? PeakBoundBytes() => null;

    public IReadOnlyCollection<int> Processes() => [];
}
