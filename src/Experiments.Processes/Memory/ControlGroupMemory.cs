using Experiments.Processes.ControlGroups;

namespace Experiments.Processes.Memory;

/// <summary>Memory as a control group counts it: exact, cheap, without disturbing the tree.</summary>
/// <param name="group">The tree's group.</param>
/// <param name="method"><c>cgroup-v2</c> or <c>cgroup-v1</c>.</param>
internal sealed class ControlGroupMemory(IControlGroup group, string method) : ITreeMemory
{
    private MemoryReading _peak;
    private bool _seen;

    /// <inheritdoc />
    public string Method => method;

    /// <inheritdoc />
    public string? Reason => _seen ? null : "the trial was shorter than the time between samples: the peak is the kernel's counter, page cache included";

    /// <inheritdoc />
    public TimeSpan Interval => TimeSpan.FromMilliseconds(10);

    /// <inheritdoc />
    public TimeSpan ExtraCost => TimeSpan.Zero;

    /// <inheritdoc />
    public MemoryReading Read(TimeSpan elapsed)
    {
        var reading = group.ReadMemory();
        if (reading.UsedBytes > _peak.UsedBytes)
            _peak = reading;
        _seen |= reading.UsedBytes > 0 && elapsed >= Interval;
        return reading;
    }

    /// <inheritdoc />
    public bool Exceeds(long limitBytes) => group.ReadMemory().UsedBytes > limitBytes;

    /// <inheritdoc />
    public bool KernelKilled() => group.OutOfMemoryKills() > 0;

    /// <inheritdoc />
    public MemoryReading Peak() => _seen || PeakBoundBytes() is not { } bound ? _peak : _peak with { AnonymousBytes = bound - _peak.SharedBytes };

    /// <inheritdoc />
    public long? PeakBoundBytes() => group.PeakCounterBytes();

    /// <inheritdoc />
    public IReadOnlyCollection<int> Processes() => group.Processes();
}
