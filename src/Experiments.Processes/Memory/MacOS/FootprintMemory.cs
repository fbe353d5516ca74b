
namespace Experiments.Processes.Memory.MacOS;

/// <summary>
/// Memory by the footprints of a tree's processes on macOS. A process that was seen once stays of the tree when its parent ends, which the system no longer tells then.
/// </summary>
/// <param name="root">The trial's process.</param>
/// <param name="processes">Reads processes.</param>
internal sealed class FootprintMemory(int root, IFootprints processes) : ITreeMemory
{
    private Dictionary<int, Footprint> _members = [];
    private MemoryReading _most;
    private long _mostOfGone;

    /// <inheritdoc />
    public string Method => "phys-footprint";

    /// <inheritdoc />
    public string? Reason => "the sum of footprints; what processes share may count more than once, and a child that starts and is orphaned between two readings is not seen";

    /// <inheritdoc />
    public TimeSpan Interval => TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
    public TimeSpan ExtraCost => TimeSpan.Zero;

    /// <inheritdoc />
    public MemoryReading Read(TimeSpan elapsed)
    {
        var found = new Dictionary<int, Footprint>();
        foreach (var (id, before) in _members)
        {
            if (processes.Read(id) is { } now && now.Started == before.Started)
                found[id] = now;
            else
                _mostOfGone += before.MostBytes;
        }

        if (!found.ContainsKey(root) && !_members.ContainsKey(root) && processes.Read(root) is { } first)
            found[root] = first;
        for (var parents = new Queue<int>(found.Keys); parents.TryDequeue(out var parent);)
        {
            foreach (var child in processes.Children(parent))
            {
                if (!found.ContainsKey(child) && processes.Read(child) is { } footprint)
                {
                    found[child] = footprint;
                    parents.Enqueue(child);
                }
            }
        }

        _members = found;
        var reading = new MemoryReading(found.Values.Sum(one => one.Bytes), 0, 0, 0);
        if (reading.UsedBytes > _most.UsedBytes)
            _most = reading;
        return reading;
    }

    /// <inheritdoc />
    public bool Exceeds(long limitBytes) => Read(default).UsedBytes > limitBytes;

    /// <inheritdoc />
    public bool KernelKilled() => false;

    /// <inheritdoc />
    public MemoryReading Peak() => _most;

    /// <inheritdoc />
    public long? PeakBoundBytes() => _mostOfGone + _members.Values.Sum(one => one.MostBytes) is > 0 and var sum ? sum : null;

    /// <inheritdoc />
    public IReadOnlyCollection<int> Processes() => [.. _members.Keys];
}
