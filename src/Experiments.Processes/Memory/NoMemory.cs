
namespace Experiments.Processes.Memory;

/// <summary>No measurement, and the reason.</summary>
/// <param name="reason">Why.</param>
internal sealed class NoMemory(string reason) : ITreeMemory
{
    /// <inheritdoc />
    public string Method => "none";

    /// <inheritdoc />
    public string? Reason => reason;

    /// <inheritdoc />
    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public TimeSpan ExtraCost => TimeSpan.Zero;

    /// <inheritdoc />
    public MemoryReading Read(TimeSpan elapsed) => default;

    /// <inheritdoc />
    public bool Exceeds(long limitBytes) => false;

    /// <inheritdoc />
    public bool KernelKilled() => false;

    /// <inheritdoc />
    public MemoryReading Peak() => default;

    /// <inheritdoc />
    public long? PeakBoundBytes() => null;

    /// <inheritdoc />
    public IReadOnlyCollection<int> Processes() => [];
}
