using Experiments.Processes;
using Experiments.Processes.Memory;

namespace Experiments.Bench.Telemetry;

/// <summary>A measurement that can be switched off: the sampler then wakes as often, and reads nothing.</summary>
internal sealed class Switch(ITreeMemory memory) : ITreeMemory
{
    private volatile bool on = true;

    public bool On
    {
        get => on;
        set => on = value;
    }

    public string Method => memory.Method;

    public string? Reason => memory.Reason;

    public TimeSpan Interval => memory.Interval;

    public TimeSpan ExtraCost => memory.ExtraCost;

    public MemoryReading Read(TimeSpan elapsed) => on ? memory.Read(elapsed) : default;

    public bool Exceeds(long limitBytes) => memory.Exceeds(limitBytes);

    public bool KernelKilled() => on && memory.KernelKilled();

    public MemoryReading Peak() => memory.Peak();

    public long? PeakBoundBytes() => memory.PeakBoundBytes();

    public IReadOnlyCollection<int> Processes() => on ? memory.Processes() : [];
}
